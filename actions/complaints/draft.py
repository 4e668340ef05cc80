"""From words to the draft of a complaint: what, where, and how to reach the resident."""

import re
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.core import phone_parts
from actions.core.forms import READ_AGAIN, Updates, confirmation, news
from actions.core.turn import Said
from actions.core.words import name_of
from bot.language.communities import community_in, is_only_community, names_community, whole_place
from bot.language.corrections import correction_start, swapped
from bot.language.readers.answer_acts import CONTENT, MORE
from bot.language.troubles import names_a_trouble, says_nothing, tells_enough
from bot.language.zh.numbers import digits_of
from bot.language.zh.places import find_place, names_a_spot
from bot.turns import CATEGORIES

ANONYMOUS = "-"
"""The value of `phone` when the resident does not leave one."""
SAYS_ANONYMOUS = re.compile(r"匿名(?!信)|\banonymous", re.IGNORECASE)
"""The word itself, said together with the trouble."""
REWORDED = re.compile(
    r"^(?:内容|事情|经过)(?:改[成为]|换成|应该是)[:,]?\s*(?P<zh>\S.*)$"
    r"|^(?:change )?(?:the )?(?:description|words|content)\s*(?:should be|to|is)[:,]?\s*(?P<en>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
"""The part that we name ourselves when we ask what to change, with what it is to be."""

NAMES_THE_PLACE = re.compile(
    r"(?:地方|地点|位置|地址)(?:是|应该是|改成|改为)?|\b(?:the )?(?:place|location|address) (?:is|to)\b", re.I
)
LAST_DIGITS = re.compile(
    r"(?:最后|[后末尾])[面头]?(?:的)?[0-9一二两三四]?[位个]?(?:数字?)?(?:是|应该是|改成)(?P<digits>[0-9零〇幺一二三四五六七八九]{1,4})"
)
"""Before the last digits of a phone that were wrong."""
DIGIT_BY_DIGIT = re.compile("[0-9零〇洞幺一二两三四五六七八九 -]{2,}")
"""Part of a phone number; 十一栋 is none."""

GIST = "gist"
"""The slot that keeps the first words of a trouble while more is asked of it."""
SEEN_BY_ITS_NAME = frozenset({"public_facility", "sanitation", "street_vending"})
"""Kinds of which whoever goes there needs only the place: a lamp that is dark, rubbish that lies about."""
LEADS_TO_MORE = re.compile(
    r"再(?:给我|帮我)?[补加添写记](?:充|上)?一?[条句笔点下个]|[补加添]一?[条句笔]|补充"
    r"|\b(?:add (?:to|something|one|that|this|it)|please add|also (?:write|add|note|put)|want to add)\b",
    re.IGNORECASE,
)
"""Words that say that more is told, and nothing of it; the reader of answers decides whether it is."""
BESIDES = re.compile(
    r"^(?:还有|另外|再就是|再有|顺便|(?:also|and also|another (?:thing|one)|besides)\b)", re.IGNORECASE
)
"""Something else begins here."""

Draft = dict[str, Any]


WHICH_COMMUNITY, WHERE_THERE = "utter_ask_case_community", "utter_ask_case_where_there"
"""The replies that ask more closely, each once: a lamp in front of “the school” is found only with its community, and in a
whole community no lamp is found."""
FOUND_BY_PLACE = SEEN_BY_ITS_NAME | {"noise", "parking", "illegal_construction", "neighbour_dispute"}
"""Kinds of which somebody goes to look."""
ADDRESS = re.compile(
    r"(?:路|街|巷|大道)(?:[0-9一二三四五六七八九十百]+号|$)|社区|小区|\b(?:road|street|community|village)\b", re.I
)
"""Can be found without one of our communities being named; another place may be outside of ours."""


UNKNOWN = ("unsure", "any", "no")
"""Where it is more closely: taken as it was said, then."""


def leaves_it_there(said: Said) -> bool:
    """Asked where more closely, the resident does not know, or names the community once more."""
    if WHERE_THERE in said.before:
        return said.act in UNKNOWN or is_only_community(said.text)
    return WHICH_COMMUNITY in said.before and said.act in UNKNOWN


def asks_closer(draft: Draft) -> str | None:
    """The reply that asks for what the place lacks so that it is found; None where it lacks nothing."""
    place = draft.get("place")
    if not place:
        return None
    if is_only_community(place):
        told = names_a_spot(draft.get("description") or draft.get(GIST) or "")
        return WHERE_THERE if draft.get("category") in FOUND_BY_PLACE and not told else None
    return None if names_community(place) or ADDRESS.search(place) else WHICH_COMMUNITY


def answers(said: Said, draft: Draft) -> bool:
    """Is it an answer, though it sounds like nothing of ours? A correction is, and a trouble that is told again."""
    if said.act == MORE:
        return said.awaiting in ("place", "phone", "confirmation")
    if said.awaiting == "confirmation":
        return bool(_corrected(said, draft))
    if said.awaiting == "description" and draft.get(GIST):
        return said.act == CONTENT
    missed, _ = said.missed_of(said.form, "description")
    return said.awaiting == "description" and said.act == CONTENT and missed > 0 and names_a_trouble(said.text)


def take(said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> Updates:
    """The slots that this utterance fills, corrects or (by None) asks again. Empty when it says nothing usable."""
    if said.awaiting == "confirmation" and (corrected := _corrected(said, draft)):
        differs = _new_at_the_read_back(said, corrected, draft)
        return confirmation(said, differs) if differs else dict(READ_AGAIN)
    updates: Updates = {}
    category = said.details.get("category")
    tells = names_a_trouble(said.text)
    describes = said.intent == "file_complaint" and (category is not None or tells)
    if said.awaiting == "description" and draft.get(GIST):
        updates |= {"description": with_more(draft[GIST], said), GIST: None}
    elif said.awaiting == "description" and said.act == CONTENT:
        named = category is not None and not says_nothing(said.text)  # 噪音 alone
        updates |= begun(said.text, category) if (tells or named) and not _only_a_place(said) else {"description": None}
    elif describes and tells and not draft.get("description"):
        updates |= begun(said.text, category)
    elif draft.get("description") and said.awaiting in ("place", "phone", "confirmation"):
        if said.act == MORE:
            updates |= _with_what_is_added(said, draft)
        elif reworded := REWORDED.match(said.text):
            updates["description"] = reworded["zh"] or reworded["en"]
        elif said.act != "yes" and (describes or (category and tells and said.act == CONTENT)):  # something more of it
            updates["description"] = joined(draft["description"], said.text)
    known = draft.get("category") if draft.get(GIST) else None  # what it is was told first
    corrects = said.awaiting == "confirmation" and said.act in ("change", "no")
    category = (_category_named(said) if corrects else None) or category
    corrects = corrects and category not in (None, "other")
    if category and (describes or corrects or not draft.get("category")) and known in (None, "other"):
        updates["category"] = category
    updates |= {} if said.act == MORE and draft.get("place") else _place(said, draft)
    updates |= _phone(said, draft, dispatcher)
    if said.act == MORE and said.awaiting == "confirmation" and not updates:
        return {"confirmation": None, "changing": True}  # it is asked what
    new = _new_at_the_read_back(said, updates, draft)
    if updates and not new and said.act != "yes":
        return dict(READ_AGAIN)  # it differs in nothing: told once more rather than asked what is wrong
    return confirmation(said, new)


def _category_named(said: Said) -> str | None:
    """The kind that a correction names as we read it back, or by its first signs: 不是停车，是噪音."""
    named = (swapped(said.text) or ("", said.text))[1].lower()
    if find_place(named, asked=False):
        return None
    titles = {code: name_of(f"cases.category.{code}", said.language).lower() for code in CATEGORIES if code != "other"}
    return next((code for code, title in titles.items() if (title if said.english else title[:2]) in named), None)


def _with_what_is_added(said: Said, draft: Draft) -> Updates:
    """What was told with what is told now; nothing where only the wish to add is."""
    more = addition(said.text) or ("" if LEADS_TO_MORE.search(said.text) else said.text)
    if more:
        return {"description": joined(draft["description"], more)}
    return {}


def _new_at_the_read_back(said: Said, updates: Updates, draft: Draft) -> Updates:
    """What was read back and is said again, wholly or in part, is nothing new: 「对，新街」."""
    new = news(said, updates, draft)
    place = new.get("place")
    if (
        said.awaiting == "confirmation"
        and said.act in ("yes", "change")
        and place
        and place in (draft.get("place") or "")
    ):
        new.pop("place")
    return new


def begun(words: str, category: str | None) -> Updates:
    """The slots of these first words: enough to send somebody, or the gist, of which more is asked once."""
    enough = category in SEEN_BY_ITS_NAME or tells_enough(words)
    return {"description": words, GIST: None} if enough else {"description": None, GIST: words}


def with_more(gist: str, said: Said) -> str:
    """What was told first and what is told now; a place or 「就这样」 adds nothing."""
    if said.act != CONTENT or _only_a_place(said) or says_nothing(said.text):
        return gist
    return joined(gist, said.text)


def joined(before: str, more: str) -> str:
    return f"{before}{'. ' if more.isascii() else '。'}{more}"


def addition(text: str) -> str | None:
    """What is told behind 「再补一条」; None where only the wish to add is."""
    found = LEADS_TO_MORE.search(text)
    rest = text[found.end() :].strip(" ,，。:：;!") if found else ""
    rest = re.sub(r"^that ", "", rest)
    return rest if names_a_trouble(rest) else None


def another_matter(said: Said, draft: Draft) -> bool:
    """「还有灯不亮」 while it is about a car: another matter, not more of this one."""
    other = said.details.get("category")
    return bool(
        BESIDES.search(said.text)
        and said.intent == "file_complaint"
        and other not in (None, "other", draft.get("category"))
        and names_a_trouble(said.text)
    )


def _only_a_place(said: Said) -> bool:
    place = said.entities.place
    return said.details.get("category") is None and place is not None and len(said.text) <= len(place) + 2


def _corrected(said: Said, draft: Draft) -> Updates:
    """One part of what was read back, put right: by what it was before, or by its name."""
    if said.entities.phone or said.act in ("yes", "stop"):
        return {}
    old, new = swapped(said.text) or ("", "")
    phone = draft.get("phone") or ""
    if (last := LAST_DIGITS.search(said.text)) and phone.isdigit():
        digits = digits_of(last["digits"])
        return {"phone": phone[: -len(digits)] + digits}
    if DIGIT_BY_DIGIT.fullmatch(old) and (was := digits_of(old)) in phone and (now := digits_of(new)).isdigit():
        before, _, after = phone.rpartition(was)
        return {"phone": before + now + after} if len(was) == len(now) else {}
    for slot in ("place", "description"):
        if old and old in (draft.get(slot) or ""):
            return {slot: _put_in(draft[slot], old, new)}
    if NAMES_THE_PLACE.search(said.text) and (said.act == "change" or said.asked == "what_to_change"):
        rest = NAMES_THE_PLACE.sub("", said.text)[correction_start(NAMES_THE_PLACE.sub("", said.text)) :]
        place = find_place(re.sub(r"^[^,。]{0,8}?是?在", "", rest.strip(" ,。")), asked=True)
        return {"place": place} if place and place != draft.get("place") else {}
    return {}


def _put_in(text: str, old: str, new: str) -> str:
    """`new` in the place of `old`; what stood behind it and is said again stands once: 十一栋前面 → 十二栋前面."""
    before, _, after = text.partition(old)
    again = next((size for size in range(len(after), 0, -1) if new.endswith(after[:size])), 0)
    return before + new + after[again:]


def _place(said: Said, draft: Draft) -> Updates:
    if said.awaiting == "place" and WHICH_COMMUNITY in said.before and draft.get("place"):
        return {"place": _joined(draft["place"], said.entities.place or said.text)} if said.act == CONTENT else {}
    if said.awaiting == "place" and WHERE_THERE in said.before and draft.get("place"):
        there = said.entities.place or said.text
        return {"place": whole_place(draft["place"], there)} if said.act == CONTENT else {}
    if said.entities.place and (said.awaiting != "description" or not draft.get("place")):
        return {"place": whole_place(draft.get("place") or community_in(said.text), said.entities.place)}
    if said.awaiting == "place" and said.act == CONTENT and said.intent == "inform":
        return {"place": said.text}
    return {}


def _joined(before: str, more: str) -> str:
    """Both parts of a place: the wider one first."""
    if before in more:
        return more
    if more.isascii():
        return f"{before}, {more}"
    return f"{more}{before}" if names_community(more) else f"{before}，{more}"


def _phone(said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> Updates:
    if (part := phone_parts.taken(said, draft)) is not None:
        return part
    if said.entities.phone:
        return {"phone": said.entities.phone, phone_parts.SLOT: None}
    asked = said.awaiting == "phone" and said.act in ("anonymous", "no")
    if asked or said.act == "anonymous" or (said.act == CONTENT and SAYS_ANONYMOUS.search(said.text)):
        return {"phone": ANONYMOUS}
    if said.awaiting == "phone" and any(c.isdigit() for c in said.text):
        dispatcher.utter_message(response="utter_bad_phone")
        return {"phone": None}
    return {}
