"""What all forms share: which words answer a question, which interrupt it, and how a form is left."""

import re
from collections.abc import Callable, Collection
from typing import Any

from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.core import topics
from actions.core.questions import AS_SAID_FROM, WAY_OUT, Draft, Question, fitting
from actions.core.turn import MISSED, Said, set_slots
from bot.language.readers.answer_acts import CONTENT, SUMMARIES
from bot.language.zh.surnames import SURNAMES

ANSWERS = {"inform", "affirm", "deny", "unsure"}
"""Intents that can answer a form's question. All others interrupt it, except the form's own."""

WANTS_NOTHING = "out_of_scope"
MISSES = {"utter_missed_answer", "utter_ask_back", "utter_no_hurry"}
"""What is said when we did not understand."""
PERSON_OFFERED = "utter_offer_person"
LITTLE = 3
"""So many signs beside a name say nothing else."""
OFFERS = frozenset({PERSON_OFFERED, WAY_OUT})
"""Replies that ask whether a person is wanted."""

STOPPED, LEFT = topics.STOPPED, topics.LEFT

Updates = dict[str, Any]
_TAKES_BACK = re.compile(
    r"(?:先|那就?|还是)不(?!错|变|改|动|换)|不(?:约|订|报|登记|预约|投诉)了|\b(?:don't|do not) (?:book|file|send|order)\b",
    re.I,
)
"""In a sentence that was read as a yes: it is read back again rather than written."""
READ_AGAIN: Updates = {"confirmation": None, "changing": None}
"""Nothing is new, yet it was an answer: the summary is told once more."""


def step(
    said: Said,
    dispatcher: CollectingDispatcher,
    take: Callable[[], Updates],
    *,
    own: frozenset[str] = frozenset(),
    stops: frozenset[str] = frozenset(),
    draft: Draft | None = None,
) -> list[EventType]:
    """One answer inside a form.

    An empty list makes Rasa reject the form, so that the rule of the interrupting intent runs; a value None
    for the slot in question makes it ask again. `own` are intents that belong to this form; `stops` end it.
    """
    if said.awaiting is None:
        return []  # the form has only just opened: what was said before is no answer to it
    if OFFERS & said.before and said.act in ("yes", "no"):
        return [] if said.act == "yes" else _declined(said)  # the rule of a yes sees to the person
    answers = holds_what_was_asked(said)
    if (said.act == "stop" or said.intent in stops) and not (answers and _is_little_more(said, 1)):
        return set_slots({"confirmation": STOPPED, "requested_slot": None})
    if said.act == "not_for_us" and not _surely_answers(said):
        return _spoken_aside(said, dispatcher, draft or {})
    if said.intent == WANTS_NOTHING and said.act != "change" and not answers:
        sorry = "utter_out_of_scope" if _asks_something(said.text) else "utter_missed_answer"
        return _missed(said, {}, dispatcher, draft or {}, sorry)
    plainly = answers and not said.text.isdigit() and _is_little_more(said, LITTLE)
    if said.intent not in ANSWERS | own | {WANTS_NOTHING} and said.act != "change" and not plainly:
        return []
    updates = take()
    if updates.get("changing", True) is None and set(updates) <= {*READ_AGAIN, "wanted"}:
        return set_slots({**updates, MISSED: None})
    if said.asked == "what_to_change" and set(updates) <= {"confirmation", "changing"} and updates.get("changing"):
        return _missed(said, updates, dispatcher, draft or {}, "utter_missed_answer")  # that something is wrong we know
    if any(value is not None and value != (draft or {}).get(name) for name, value in updates.items()):
        return set_slots({**updates, MISSED: None})
    if said.awaiting == "confirmation" and updates and said.act in ("yes", "no", "keep"):
        return set_slots(updates)  # it answers another question than the summary, which is read once more
    return _missed(said, updates, dispatcher, draft or {}, "utter_missed_answer")


_ASKS = re.compile(
    r"[?吗么]|什么|怎么|哪[里个儿]|谁|多少|能不能|可不可以|有没有|会不会|帮我|给我|我[要想]"
    r"|\b(?:what|why|how|who|where|when|which|can|could|would|will|do|does|is|are) (?:i|you|it|they|he|she|we|there|the|this|that)\b|\bi (?:want|need|would like|like)\b",
    re.I,
)


def _asks_something(text: str) -> bool:
    """A wish or a question, which deserves to hear that we cannot help; half a sentence is only not understood."""
    return bool(_ASKS.search(text))


def content_of(said: Said, slots: Collection[str], sounds_like: frozenset[str]) -> frozenset[str]:
    """Intents that are an answer after all: at these questions free words are one, whatever they sound like."""
    return sounds_like if said.awaiting in slots and said.act == CONTENT else frozenset()


def holds_what_was_asked(said: Said) -> bool:
    """A name or a number is an answer, whatever the sentence around it sounds like."""
    return said.awaiting in ("name", "phone", "number", "tail") and getattr(said.entities, said.awaiting) is not None


def _is_little_more(said: Said, signs: int) -> bool:
    """The words are hardly more than the name or the number itself: 人叫何炳南."""
    return len(said.text) <= len(str(getattr(said.entities, str(said.awaiting)))) + signs


def _surely_answers(said: Said) -> bool:
    """A number that was asked for, or a name that begins as names do: 殷红 is said to us, 宝宝莫闹 is not."""
    name = said.entities.name or ""
    return holds_what_was_asked(said) and (said.awaiting != "name" or name[:1] in SURNAMES or name[:2] in SURNAMES)


def _spoken_aside(said: Said, dispatcher: CollectingDispatcher, draft: Draft) -> list[EventType]:
    """Words to somebody else: we wait. Said twice in a row they may be an answer that we did not hear as one."""
    if "utter_no_hurry" in said.before:
        return _missed(said, {}, dispatcher, draft, "utter_missed_answer")
    dispatcher.utter_message(response="utter_no_hurry")
    return set_slots({str(said.awaiting): None})


def _declined(said: Said) -> list[EventType]:
    """No person, then: the question once more."""
    times, _ = said.missed_of(said.form, said.awaiting)
    missed = {"question": f"{said.form}.{said.awaiting}", "times": times, "declined": True}
    return set_slots({str(said.awaiting): None, MISSED: missed})


def _missed(
    said: Said, updates: Updates, dispatcher: CollectingDispatcher, draft: Draft, sorry: str
) -> list[EventType]:
    """Nothing was gained: ask in other words, take what was said as it is, or end what cannot be got on with.

    `updates` are what the words came to all the same; where there are any, it was said already why they do not do.
    """
    slot, declared = str(said.awaiting), topics.form(said.form)
    before, declined = said.missed_of(said.form, slot)
    times = before + 1
    if times > AS_SAID_FROM:
        return set_slots(dict(declared.given_up))
    if times == AS_SAID_FROM and (taken := _as_said(said, declared.questions.get(slot), draft)):
        dispatcher.utter_message(response="utter_as_said")
        return set_slots({**taken, MISSED: None})
    if not updates and times < AS_SAID_FROM:
        dispatcher.utter_message(response=_sorry(said, sorry, times))
    missed = {"question": f"{said.form}.{slot}", "times": times, "declined": declined and times < AS_SAID_FROM}
    return set_slots({slot: None, **updates, MISSED: missed})


def _as_said(said: Said, question: Question | None, draft: Draft) -> Updates:
    fits = fitting(question, draft) if question else None
    return fits.as_said(said, draft) if fits and fits.as_said else {}


def _sorry(said: Said, sorry: str, times: int) -> str:
    if said.act == "unsure":
        return "utter_no_hurry"
    return sorry if times == 1 or sorry != "utter_missed_answer" else "utter_missed_again"


def missed(said: Said, dispatcher: CollectingDispatcher, response: str) -> bool:
    """Outside a form: say so; the second time in a row offer a person instead, and return True."""
    offers_person = bool(said.before & MISSES)
    dispatcher.utter_message(response=PERSON_OFFERED if offers_person else response)
    return offers_person


def news(said: Said, updates: Updates, draft: Draft) -> Updates:
    """At the read-back only what differs from it: 「四个人,对」 is a yes."""
    if said.awaiting != "confirmation":
        return updates
    return {name: value for name, value in updates.items() if value != draft.get(name)}


def confirmation(said: Said, updates: Updates) -> Updates:
    """Yes counts after the summary only, and when nothing was changed in the same breath; no asks what to change.

    After any other question the summary is read once more. The commit compares what was read (actions/core/read_back.py).
    """
    if said.awaiting != "confirmation":
        return updates
    if updates:
        return {**updates, "confirmation": None, "changing": None}
    if said.asked == "what_to_change" and said.act == "change":
        return {"confirmation": None, "changing": True}
    if said.asked not in (None, *SUMMARIES):
        return {"confirmation": None} if said.act in ("yes", "no", "keep") else {}
    if said.act == "yes":
        return {"confirmation": None if _TAKES_BACK.search(said.text) else "yes"}
    if said.act in ("no", "change"):
        return {"confirmation": None, "changing": True}
    return {}


def open_form(form: str, slots: Updates | None = None) -> list[EventType]:
    """Start a form afresh, also from within another: what answered the other form is no answer to this one."""
    return [*set_slots({**(slots or {}), "requested_slot": None}), FollowupAction(form)]


def resume(said: Said) -> list[EventType]:
    """Back to the question that was open, if there was one."""
    return [FollowupAction(said.form)] if said.form else []
