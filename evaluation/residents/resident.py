"""A simulated resident: answers what was asked from its profile, in its own words; no chance, no language model."""

import re
from collections import Counter
from dataclasses import dataclass, field

from bot.turns import State, Turn
from evaluation.residents.manners import Aside
from evaluation.residents.profiles import Profile

YES, NO, FIRST, DUNNO = ("对", "yes"), ("不用", "no"), ("第一个", "the first one"), ("我也不晓得", "I don't know")
USUAL = {
    "confirmation": YES,
    "consent": ("可以", "yes"),
    "anything_else": ("没有了", "no"),
    "party": ("一个", "one"),
    "number_right": ("可以", "yes"),
    "this_number": ("可以", "yes"),
    "call_back": ("可以", "yes"),
    "offering": FIRST,
    "full": FIRST,
    "keep_draft": NO,
    "resume": NO,
    "remember_pace": NO,
    "offer_person": NO,
    "twice": NO,
}
"""What is said to a question that the profile does not list; Chinese and English."""
BY_ASKED = {"read_back": "confirmation", "change": "confirmation", "resume_draft": "resume", "draft": "resume"}
"""The program's names of questions, in those of the profiles."""
CONFIRMING = {
    "cancel_booking": ("cancel", "confirmation"),
    "reopen_case": ("reopen", "confirmation"),
    "callback": ("number_right", "confirmation", "call_back"),
}
"""What "confirmation" asks for in these forms, in the profiles' words."""
THE_WISH = ("service", "description")
"""Questions that the opening answers, where the profile has nothing better."""
CHOOSES = {"applications": "job_posting", "supports": "record", "redemptions": "item"}
"""What is chosen from a list that was told without a question, by what is wished for."""
OF_THEIR_OWN = ("what_to_change", "full", "anything_else", "keep_draft", "resume", "confirmation")
"""Questions that the value which the form still awaits does not answer."""
WITH_CHOICES = ("place", "offering", "service", "date", "time")
"""Who has said all and is asked again takes the first of the choices."""
NAMED_BY_THE_FORM = ("code", "contact", "helper", "powers", "agreed")
"""Questions that the form names more closely than the reader of answers does."""
WHERE = ("place", "offering")
"""Where to, and which kind of it, are one question when the places are told: the place is answered first, then the kind."""
VALUES = ("service", "offering", "date", "time", "place", "party", "name", "phone", "description")
WISHES = {
    "bookings": ("预约服务", "book a service"),
    "cases": ("反映", "report"),
    "handover": ("人工", "person"),
    "packages": ("预约服务", "book a service"),
    "council": ("预约服务", "book a service"),
    "unmet": ("预约服务", "book a service"),
    "staff": ("反映", "report"),
    "proposals": ("提案", "propos"),
    "points": ("积分", "point"),
    "jobs": ("工作", "work"),
    "guides": ("步骤", "step"),
    "mandates": ("替家人", "act for"),
    "profiles": ("记住", "remember"),
    "check": ("查", "check"),
    "cancelled": ("取消", "cancel"),
    "reopened": ("重新", "reopen"),
    "change": ("改", "change"),
}
TWICE, OFFERED = "twice", "seat_offer"
"""Whether the same shall be booked again; and whether what was asked about shall be booked."""
TIMES_ANEW = 2
"""How often the wish is told again when nothing was asked and nothing was done."""


def questions_of(state: State) -> tuple[str, ...]:
    """What is asked, in the profiles' words, the closest first; empty when nothing is."""
    asked = BY_ASKED.get(state.asked or "", state.asked or "")
    if state.awaiting in NAMED_BY_THE_FORM and asked not in OF_THEIR_OWN:
        return (state.awaiting,)
    if state.awaiting == TWICE:
        return (TWICE,)
    if asked in OF_THEIR_OWN:
        return (asked,)
    if state.awaiting == "confirmation":
        awaited = CONFIRMING.get(state.form or "", ("confirmation",))
    else:
        awaited = (BY_ASKED.get(state.awaiting, state.awaiting),) if state.awaiting else ()
    if set(WHERE) == {asked, *awaited}:
        return WHERE
    return tuple(dict.fromkeys(([asked] if asked else []) + list(awaited)))


@dataclass
class Resident:
    """`say` gives the next words, or None when there is nothing more to say."""

    profile: Profile
    aside: Aside | None = None
    """Something said besides, once."""
    answered: Counter[str] = field(default_factory=Counter)
    """How often each question was answered."""
    refused: bool = False
    anew: int = 0
    correction: str | None = None
    """What was said to be wrong in what was read back."""

    def say(self, turn: Turn | None, *, done: bool) -> str | None:
        """`turn` is the assistant's last; `done`: what was wished for has been seen to happen."""
        if turn is None:
            return self.profile.opening
        questions = questions_of(turn.state)
        if not questions:
            return self._unasked(done, [choice.title for reply in turn.replies for choice in reply.choices])
        known = [name for name in questions if name in self.profile.replies]
        question = known[0] if known else questions[0]
        if questions == WHERE and known:
            question = min(known, key=lambda name: self.answered[name])
        if self.aside and self.aside.fits(question):
            said, self.aside = self.aside.words(self.profile.english), None
            return said
        if self.refused and question in (self.profile.refuses_at, "what_to_change", *self.profile.replies):
            return self.profile.replies[self.refusal][-1]
        if question == "confirmation" and (number := self._number_read_wrong(turn)):
            return number
        return self._answer(question, any(reply.choices for reply in turn.replies))

    def _number_read_wrong(self, turn: Turn) -> str | None:
        """How many they are was never asked, and another number is read back: told now, once."""
        party, told = self.profile.where.get("party", 1), self.profile.replies.get("party")
        if self.profile.table != "bookings" or self.profile.given or self.answered["party"] or not told or party == 1:
            return None
        if any(re.search(rf"(?<!\d){party} ?(?:份|人|meals|people)", reply.text) for reply in turn.replies):
            return None
        self.answered["party"] += 1
        return told[0]

    @property
    def refusal(self) -> str:
        """The question at which this resident refuses."""
        wanted = self.profile.refuses_at or ""
        closer = next((name for name in ("cancel", "reopen") if name in self.profile.replies), wanted)
        return closer if wanted == "confirmation" else wanted

    def _answer(self, question: str, choices: bool) -> str:
        listed = self.profile.replies.get(question)
        if listed is None:
            if question == OFFERED:
                return (YES if self._wants_a_booking else NO)[self.profile.english]
            if question == "what_to_change" and self.correction:
                return self.correction
            if question in THE_WISH or question == "what_to_change":
                return self.profile.opening
            return USUAL.get(question, DUNNO)[self.profile.english]
        used = self.answered[question]
        self.answered[question] += 1
        if self.correction and question in VALUES:
            return self.correction  # what was asked before is not what is wrong now
        if used > len(listed) and choices and question in WITH_CHOICES:
            return FIRST[self.profile.english]
        last = used >= len(listed) - 1
        if last and question in (self.profile.refuses_at, self.refusal):
            self.refused = True
        if question == "confirmation" and not last:
            self.correction = listed[used]
        return listed[min(used, len(listed) - 1)]

    @property
    def _wants_a_booking(self) -> bool:
        return self.profile.table == "bookings" and not self.profile.given and not self.refused

    def _unasked(self, done: bool, choices: list[str]) -> str | None:
        """Nothing is asked: go on with the second wish, name the wish among the choices, tell it again, or leave."""
        if self.refused:
            return None
        if done:
            more, used = self.profile.replies.get("anything_else", []), self.answered["anything_else"]
            self.answered["anything_else"] += 1
            return more[used] if used < max(1, len(more) - 1) and more else None
        self.anew += 1
        if self.anew > TIMES_ANEW:
            return None
        if choices and (question := CHOOSES.get(self.profile.table)) in self.profile.replies:
            return self._answer(question, choices=True)
        named = (title for title in choices for word in self._wish_words() if word in title.lower())
        return next(named, self.profile.opening)

    def _wish_words(self) -> tuple[str, ...]:
        """By which the wish is known among choices such as 「预约服务、问政策，还是人工服务」."""
        where = self.profile.where
        if self.profile.topic != "follow_ups":
            return WISHES.get(self.profile.topic, ())
        if where.get("unchanged") and self.profile.refuses_at is None:
            return WISHES["check"]
        return WISHES.get(where.get("status", ""), WISHES["change"])
