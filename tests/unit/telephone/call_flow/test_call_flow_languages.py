"""In which language a call goes on: a key or a wish changes it, or two sentences in a row that are clearly the other one."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.services.conversations import calls, conversations
from bot.speech.stt.ears import Final
from bot.store.store import Store
from tests.speech_fakes import utterance
from tests.telephone.rasa_script import ScriptedRasa
from tests.unit.telephone.conftest import Calls

pytestmark = pytest.mark.telephone


async def test_two_speaks_english_and_two_again_chinese(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.hears()
    english = await caller.presses("2")
    assert "automatic assistant" in english
    assert "按二" in english
    assert "自动助手" in await caller.presses("2")
    await caller.says("养老床位有多少张")
    assert "English" in await caller.presses("2")
    assert "中文" in await caller.presses("2")
    assert caller.talk.language == "zh"


async def test_in_the_middle_of_something_two_has_the_question_asked_in_the_other_language(
    calls_us: Calls, rasa: ScriptedRasa
) -> None:
    caller = await calls_us()
    await caller.says("我要订饭")
    await caller.presses("2")
    assert rasa.asked[-1] == "Please speak English"


async def test_an_english_sentence_in_a_chinese_call_changes_no_language(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.says("we can only so long", confidence=1.0)
    await caller.says("i want to go home now", confidence=1.0)
    assert caller.talk.language == "zh"


@pytest.mark.parametrize(("chosen", "language"), [(False, "zh"), (True, "en")])
async def test_a_resumed_call_is_english_only_where_that_was_chosen(
    calls_us: Calls, store: Store, now: datetime, chosen: bool, language: str
) -> None:
    """A call of an earlier day may have been taken for English by mistake."""
    caller = await calls_us()
    await caller.says("我要订饭")
    conversations.set_language(store, caller.opened.conversation_id, "en")
    if chosen:
        calls.note(store, caller.opened.id, "key", now, value="2")
    calls.end_call(store, caller.opened.id, "caller", now)
    await caller.close()
    again = await calls_us(name="second")
    await again.hears()
    assert again.opened.draft
    assert again.talk.language == language


async def test_no_sentence_that_sounds_english_changes_the_language(calls_us: Calls, rasa: ScriptedRasa) -> None:
    caller = await calls_us()
    await caller.says("爱万通", confidence=0.6, sound=bytes(3200))
    assert (caller.talk.language, rasa.asked) == ("zh", ["爱万通"])


def english(text: str, sure: float = 0.95, ours: float = 0.3) -> Final:
    """Chinese ears made nothing of it, English ones this."""
    return Final(replace(utterance("好比贝子", ours), other_text=text, other_confidence=sure), b"")


async def test_two_english_sentences_in_a_row_that_make_sense_are_answered_in_english(
    calls_us: Calls, rasa: ScriptedRasa
) -> None:
    caller = await calls_us()
    await caller.brings(english("how many beds are there"))
    assert caller.talk.language == "zh"
    assert "English" in await caller.brings(english("how many beds will there be"))
    assert caller.talk.language == "en"
    assert rasa.asked[-1] == "how many beds will there be"


async def test_a_wrong_change_is_undone_by_the_next_good_sentence(calls_us: Calls) -> None:
    caller = await calls_us()
    await caller.brings(english("how many beds are there"))
    await caller.brings(english("how many beds will there be"))
    await caller.brings(
        Final(replace(utterance("yawn law", 0.3), other_text="养老床位有多少张", other_confidence=0.9), b"")
    )
    assert caller.talk.language == "zh"


@pytest.mark.parametrize("second", [english("we can only so long"), english("how many beds", sure=0.5)])
async def test_what_makes_no_sense_or_is_not_surely_heard_changes_nothing(calls_us: Calls, second: Final) -> None:
    caller = await calls_us()
    await caller.brings(english("how many beds are there"))
    await caller.brings(second)
    assert caller.talk.language == "zh"


async def test_without_the_dialogue_no_language_changes(calls_us: Calls, rasa: ScriptedRasa) -> None:
    caller = await calls_us()
    await caller.brings(english("how many beds are there"))
    rasa.down = True
    await caller.brings(english("how many beds will there be"))
    assert caller.talk.language == "zh"
