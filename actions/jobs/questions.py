"""How work is asked about: which trade, which posting, whether to apply, name, phone and the read-back."""

from collections.abc import Mapping
from typing import Any

from actions.core.choices import plainly
from actions.core.questions import Draft, Question
from actions.core.turn import Said
from actions.jobs import texts
from bot import wiring
from bot.language import words
from bot.services.jobs import jobs
from bot.services.jobs.jobs import Posting
from bot.services.jobs.wish import from_slot
from bot.turns import Button


def _trades(said: Said, _draft: Draft) -> list[Button]:
    """All of them first, which is what 随便 takes; then those with the most postings."""
    known = wiring.trades().trades
    open_now = [known[trade] for trade in jobs.trades_open(wiring.store(), said.now.date()) if trade in known]
    titles = [trade.title[said.language] for trade in open_now][: jobs.SHOWN - 1]
    return plainly([words.text("jobs.all", said.language), *titles])


def _postings(said: Said, draft: Draft) -> list[Button]:
    """Those that were told last, or the newest."""
    found = jobs.search(wiring.store(), from_slot(draft.get("job_search")), said.now.date())
    return [
        Button(texts.short(one, said.language), words.text("jobs.apply", said.language, posting=str(one.id)))
        for one in found.postings
    ]


def posting_of(draft: Draft, said: Said) -> Posting | None:
    number = draft.get("job_posting")
    return jobs.posting(wiring.store(), int(number), said.now.date()) if number else None


def _detail(said: Said, draft: Draft) -> Mapping[str, Any]:
    posting = posting_of(draft, said)
    if posting is None:
        return {"job_words": ""}
    card = {
        "kind": "job",
        "title": texts.name(posting, said.language),
        "when": texts.pay(posting, said.language),
        "place": posting.place,
    }
    return {"job_words": texts.full(posting, said.language), "json_message": {"card": card}}


def _summary(said: Said, draft: Draft) -> Mapping[str, Any]:
    posting = posting_of(draft, said)
    short = texts.short(posting, said.language) if posting else ""
    return {"job_words": short, "name": draft.get("name"), "phone": draft.get("phone")}


def _changing(draft: Draft) -> Question | None:
    return WHAT_TO_CHANGE if draft.get("changing") else None


WHAT_TO_CHANGE = Question(
    (
        "utter_what_to_change_application",
        "utter_what_to_change_application_example",
        "utter_what_to_change_application_narrower",
    )
)
FIND = {
    "trade": Question(("utter_which_trade", "utter_which_trade_example", "utter_which_trade_narrower"), choices=_trades)
}
APPLY = {
    "job_posting": Question(
        ("utter_which_job", "utter_which_job_example", "utter_which_job_narrower"), choices=_postings
    ),
    "wants": Question(("utter_job_detail", "utter_job_detail_again", "utter_job_detail_once_more"), blanks=_detail),
    "name": Question(("utter_ask_job_name", "utter_ask_job_name_example", "utter_ask_job_name_narrower")),
    "phone": Question(("utter_ask_job_phone", "utter_ask_job_phone_example", "utter_ask_job_phone_narrower")),
    "confirmation": Question(
        ("utter_confirm_application", "utter_confirm_application_again", "utter_confirm_application_once_more"),
        blanks=_summary,
        instead=_changing,
    ),
}
