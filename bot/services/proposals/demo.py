"""Proposals marked 示例, in every stage, so that the pages can be looked at."""

from datetime import datetime, timedelta

from bot.store.proposals import queries
from bot.store.proposals.states import Outcome, ProposalState
from bot.store.proposals.tables import Proposal
from bot.store.store import Store

EXAMPLES: tuple[tuple[str, str, str, int, tuple[tuple[ProposalState, str], ...], Outcome | None], ...] = (
    ("79000001", "小区加装电动车充电桩", "车棚里装几个充电插座，免得大家从楼上拉线。", 23,
     ((ProposalState.CONSULTING, "社区已约物业和供电部门看现场，正在听住户意见。"),), None),
    ("79000002", "公园路边加几张长椅", "老人走到一半没地方歇脚，路边隔一段放一张长椅。", 41,
     ((ProposalState.CONSULTING, "社区走了一遍，选了四个位置。"), (ProposalState.DECIDING, "街道正在安排经费。")), None),
    ("79000003", "四点半课堂延长到六点半", "上班的家长六点以后才能到，课堂晚一点结束。", 37,
     ((ProposalState.CONSULTING, "社区问了家长和志愿者。"), (ProposalState.DECIDING, "街道同意先试一个学期。"),
      (ProposalState.ANSWERED, "从下月起延长到六点半，先试一个学期。")), Outcome.ADOPTED),
    ("79000004", "每栋楼都装直饮水机", "每栋楼下装一台直饮水机，大家打水方便。", 6,
     ((ProposalState.CONSULTING, "社区问了住户，愿意出维护费的不到一成。"),
      (ProposalState.ANSWERED, "维护费没有来源，这次不采纳；活动室的饮水机可以打水。")), Outcome.DECLINED),
    ("79000005", "活动室周末也开门", "上班的人平日去不了，周末开半天也好。", 12, (), None),
)  # fmt: skip
"""Number, title, text, supports, answered stages, outcome. Nobody's phone: the supports are a number alone."""


def load(store: Store, now: datetime) -> str:
    """Those that are not there yet. Returns what was loaded, in words."""
    with store.unit() as unit:
        for number, title, text, supports, stages, outcome in EXAMPLES:
            if queries.proposal(unit, number) is not None:
                continue
            since = now - timedelta(days=7 * (len(stages) + 1))
            row = Proposal(
                number=number, state=ProposalState.SUBMITTED, outcome=outcome, text=text, check_code="0000",
                bare_title=title, is_example=True, public_text=text, published=since, channel="web", language="zh", submitted=since,
                supports_before=supports, conversation_id="",
            )  # fmt: skip
            unit.add(row)
            queries.note_event(unit, row, since, "resident", ProposalState.SUBMITTED)
            for week, (stage, answer) in enumerate(stages, start=1):
                at = since + timedelta(days=7 * week)
                row.state = stage
                queries.note_event(unit, row, at, "system", stage, answer)
                row.answered = at if stage == ProposalState.ANSWERED else None
        unit.commit()
    return f"{len(EXAMPLES)} proposals"
