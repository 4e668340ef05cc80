"""Similar proposals are found by what they want, not by the words around it."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pytest

from bot import wiring
from bot.services.proposals.proposals import Proposal, ProposalState
from bot.services.proposals.similar import MOST, bare, meant, similar

pytestmark = pytest.mark.unit

TITLES = ("小区加装电动车充电桩", "公园路边加装长椅", "四点半课堂延长到六点半", "活动室周末也开门")


@pytest.fixture
def proposals(now: datetime) -> list[Proposal]:
    return [
        Proposal(f"7900000{at}", ProposalState.SUBMITTED, None, title, None, 0, now, now, ())
        for at, title in enumerate(TITLES)
    ]


def test_what_wants_the_same_comes_first(proposals: list[Proposal]) -> None:
    found = similar("我想建议四点半课堂延长一点，我们六点才下班", proposals)
    assert [one.title for one in found] == ["四点半课堂延长到六点半"]


def test_with_an_encoder_other_words_for_the_same_are_found(proposals: list[Proposal]) -> None:
    encoder = wiring.encoder()
    if encoder is None:
        pytest.fail("the sentence encoder is missing; the remedy: make setup")
    assert similar("周六周日活动室能不能也开", proposals, encoder)[0].title == "活动室周末也开门"
    assert similar("请退休老师来教孩子毛笔字", proposals, encoder) == []


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        ("我支持装充电桩的提案", ["小区加装电动车充电桩"]),
        ("算我一票，加长椅的那条", ["公园路边加装长椅"]),
        ("活动室周末开门那个建议我赞成", ["活动室周末也开门"]),
        ("我要附议", []),
        ("支持那个修游泳池的提案", []),
    ],
)
def test_a_proposal_is_named_by_a_part_of_what_it_wants(
    proposals: list[Proposal], said: str, titles: list[str]
) -> None:
    assert [one.title for one in meant(said, proposals)] == titles


def test_something_else_is_similar_to_nothing(proposals: list[Proposal]) -> None:
    assert similar("我想提个建议，请个理发师傅每月来一次", proposals) == []


def test_at_most_three_are_shown(now: datetime) -> None:
    many = [Proposal(str(at), ProposalState.SUBMITTED, None, "楼道装灯", None, 0, now, now, ()) for at in range(9)]
    assert len(similar("建议楼道装灯", many)) == MOST


@pytest.mark.parametrize(
    ("said", "core"),
    [("我想建议在楼道装灯", "在楼道装灯"), ("能不能在楼道装灯?", "在楼道装灯"), ("please build a playground", "build a playground")],
)  # fmt: skip
def test_the_words_around_a_proposal_do_not_count(said: str, core: str) -> None:
    assert bare(said) == core


def test_hostile_text_takes_no_longer_than_its_length() -> None:
    assert bare("我想建议" * 5000)


def test_titles_are_encoded_once(proposals: list[Proposal]) -> None:
    encoded: list[str] = []

    class Counting:
        def encode(self, sentences: Sequence[str]) -> npt.NDArray[np.float32]:
            encoded.extend(sentences)
            return np.ones((len(sentences), 2), dtype=np.float32)

    encoder = Counting()
    similar("楼道装灯", proposals, encoder)
    similar("门口修路", proposals, encoder)
    assert len(encoded) == len(TITLES) + 2
