"""The answer to a reply that let somebody choose: by place in the row, by name, or the wish to hear the next ones."""

from dataclasses import replace

from bot.dialogue.responses import Responses
from bot.language import choices as row
from bot.language import words
from bot.language.ear import for_ear
from bot.language.times import makes_exceptions
from bot.turns import Button, Reply, State, Turn

SAYS_A_NUMBER = frozenset({"date", "time", "phone", "number", "tail", "code", "contact", "score", "party"})
"""Questions whose answer may be a bare number, which is then no place in the row."""

BARE = 8
"""So many signs of 随便 or "any one" tell nothing besides; 「打球的地方,哪天都行」 does."""


def offered_in(last: Turn | None) -> Reply | None:
    """The reply of the last turn that named choices; None when there was none."""
    replies = last.replies if last else ()
    return next((reply for reply in reversed(replies) if reply.choices), None)


def picked(text: str, offered: Reply, asked: State, act: str | None = None) -> str | None:
    """The words that choose one, or those that shall be compared; None when these words choose none.

    `act` is what a reader of answers makes of the words: with "any" (随便, 都可以) the first is taken; of services only where nothing else is said.
    """
    bare = asked.awaiting != "service" or len(text) <= BARE
    if act == "any" and bare and not makes_exceptions(text):
        return offered.choices[0].payload
    if several := row.compared(text, len(offered.choices)):
        return ", ".join(offered.choices[at].payload for at in several)
    at = row.place_in_row(text, len(offered.choices), bare=asked.awaiting not in SAYS_A_NUMBER)
    if at is None:
        at = row.named(text, [choice.title for choice in offered.choices])
    return None if at is None else offered.choices[at].payload


def more(text: str, offered: Reply, language: str, replies: Responses, act: str | None = None) -> Reply | None:
    """The next choices for a yes to 还要听别的吗, the question once more for a no; None for all other words."""
    rest = offered.choices[offered.told :]
    if not rest:
        return None
    if row.wants_no_more(text):
        question = replies.reply("utter_which_one", language)
        return replace(offered, text=question.text, spoken=question.spoken, sources=(), card=None)
    if act != "yes" and not row.asks_for_more(text):
        return None
    now = rest[: row.AT_ONCE]
    titles = [choice.title for choice in now]
    after = rest[row.AT_ONCE :]
    template = replies.reply("utter_more_choices", language).text
    go_on = words.text("dialogue.go_on", language) if after else replies.reply("utter_which_one", language).text
    gap = "" if language == "zh" else " "
    text = template.format(choices=row.for_eye(titles, language)) + gap + go_on
    heard = template.format(choices=row.for_ear(titles, language, begin=offered.told + 1)) + gap + go_on
    return replace(
        offered,
        text=text,
        spoken=for_ear(heard, language),
        buttons=(
            *now,
            *(
                [Button(words.text("dialogue.more", language), words.payload("dialogue.more", language))]
                if after
                else ()
            ),
        ),
        sources=(),
        card=None,
        told=offered.told + len(now),
    )
