"""The voice stream: what is heard, answered and spoken over one connection."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.dialogue.rasa_client import RasaAnswer
from bot.speech.stt.ears import Final, GaveUp, Partial, StillThere
from tests.api.conftest import Conversation, ScriptedRasa
from tests.api.stream.stream_client import StreamClient
from tests.speech_fakes import SILENCE, ScriptedEars, ScriptedVoice, utterance

pytestmark = pytest.mark.api

LONG = "".join(f"这是第{word}句话。" for word in "一二三四五六七八九十")


@pytest.fixture
def stream(address: str, online: Conversation) -> Iterator[StreamClient]:
    with StreamClient(address, online) as client:
        yield client


def test_a_pressed_button_turns_sound_into_an_answer(
    stream: StreamClient, ears: ScriptedEars, rasa: ScriptedRasa
) -> None:
    ears.says.append(utterance("我想订餐", 0.9))
    ears.events.append([Partial("我想")])
    stream.start()
    stream.speak()
    assert stream.until("partial")["text"] == "我想"
    stream.send("stop")
    final = stream.until("final")
    assert (final["text"], final["confidence"]) == ("我想订餐", 0.9)
    turn = stream.until("turn")["turn"]
    assert turn["heard"] == {"text": "我想订餐", "confidence": 0.9}
    assert set(turn) == {"turn_id", "goal", "confidence", "heard", "replies", "state"}
    end = stream.until("speech_end")
    assert (end["turn_id"], end["interrupted"]) == (turn["turn_id"], False)
    assert stream.kinds() == ["ready", "partial", "final", "turn", "speech_start", "speech_phrase", "speech_end"]
    assert [event["seq"] for event in stream.events] == list(range(1, 8))
    assert rasa.asked[0][2] == "我想订餐"


def test_every_phrase_is_followed_by_its_sound(stream: StreamClient, rasa: ScriptedRasa) -> None:
    rasa.answer = RasaAnswer([{"text": "您好!请问您要办什么事?"}, {"text": "请说。"}], "greet", 0.9, None, None, {})
    stream.start()
    stream.send("text", text="你好", client_message_id="m1")
    turn_id = stream.until("turn")["turn"]["turn_id"]
    assert stream.until("speech_start") | {"seq": 0} == {
        "type": "speech_start",
        "seq": 0,
        "turn_id": turn_id,
        "rate": 24000,
    }
    stream.until("speech_end")
    told = [event for event in stream.events if event["type"] == "speech_phrase"]
    assert [(event["index"], event["text"]) for event in told] == [
        (0, "您好!"),
        (1, "请问您要办什么事?"),
        (2, "请说。"),
    ]
    assert stream.sound == {(turn_id, e["index"]): 2 * 600 * len(e["text"]) for e in told}


def test_typed_words_are_answered_once(stream: StreamClient, rasa: ScriptedRasa) -> None:
    stream.start(speak=False)
    for _ in range(2):
        stream.send("text", text="你好", client_message_id="m1")
    assert stream.until("turn")["turn"] == stream.until("turn")["turn"]
    assert len(rasa.asked) == 1


def test_nothing_is_spoken_to_who_wants_to_read(stream: StreamClient, voice: ScriptedVoice) -> None:
    stream.start(speak=False)
    stream.send("text", text="你好", client_message_id="m1")
    stream.until("turn")
    assert stream.quiet()
    assert voice.spoken == []


def test_hands_free_a_pause_ends_the_turn_and_the_next_can_be_said(
    stream: StreamClient, ears: ScriptedEars, rasa: ScriptedRasa
) -> None:
    rasa.answer = RasaAnswer([{"text": "哪一天?"}], "book_service", 0.9, "book_service_form", "date", {})
    ears.events += [[Partial("订")], [Final(utterance("订餐"), b"")], [], [Final(utterance("明天"), b"")]]
    stream.start(hands_free=True)
    stream.speak()
    stream.speak()
    assert stream.until("turn")["turn"]["heard"]["text"] == "订餐"
    stream.speak()
    stream.speak()
    assert stream.until("turn")["turn"]["heard"]["text"] == "明天"
    (session,) = ears.sessions
    assert session.awaited[0] is None
    assert session.awaited[1] == "date"


def test_the_next_press_listens_for_what_was_asked(
    stream: StreamClient, ears: ScriptedEars, rasa: ScriptedRasa
) -> None:
    rasa.answer = RasaAnswer([{"text": "哪一天?"}], "book_service", 0.9, "book_service_form", "date", {})
    ears.says += [utterance("订餐"), utterance("明天")]
    stream.start(speak=False)
    for _ in range(2):
        stream.speak()
        stream.send("stop")
        stream.until("turn")
    assert [session.awaited[0] for session in ears.sessions] == [None, "date"]
    assert ears.open == 0


def test_a_button_pressed_in_silence_is_answered_too(stream: StreamClient, ears: ScriptedEars) -> None:
    stream.start(speak=False)
    stream.speak()
    stream.send("stop")
    assert stream.until("final")["text"] == ""
    assert "没听清" in stream.until("turn")["turn"]["replies"][0]["text"]


def test_a_turn_that_was_answered_before_the_button_is_released_is_not_answered_twice(
    stream: StreamClient, ears: ScriptedEars
) -> None:
    ears.events.append([Final(utterance("很长的话"), b"")])
    stream.start(speak=False)
    stream.speak()
    stream.until("turn")
    stream.send("stop")
    assert stream.quiet()


def test_an_interruption_silences_us_at_once(stream: StreamClient, voice: ScriptedVoice, rasa: ScriptedRasa) -> None:
    voice.seconds_for_a_phrase = 0.2
    rasa.answer = replace(rasa.answer, messages=[{"text": LONG}])
    stream.start()
    stream.send("text", text="你好", client_message_id="m1")
    stream.until("speech_phrase")
    stream.send("interrupt")
    assert stream.until("speech_end")["interrupted"] is True
    assert stream.quiet(0.6), "not a word nor a sound follows"
    assert voice.cancelled == 1


def test_an_interruption_stops_a_voice_that_hangs(
    stream: StreamClient, voice: ScriptedVoice, rasa: ScriptedRasa
) -> None:
    voice.seconds_for_a_phrase = 60
    stream.start()
    stream.send("text", text="你好", client_message_id="m1")
    stream.until("speech_start")
    stream.send("interrupt")
    assert stream.until("speech_end")["interrupted"] is True


def test_new_words_end_the_old_speech(stream: StreamClient, voice: ScriptedVoice, rasa: ScriptedRasa) -> None:
    voice.seconds_for_a_phrase = 0.2
    rasa.answer = replace(rasa.answer, messages=[{"text": LONG}])
    stream.start()
    stream.send("text", text="你好", client_message_id="m1")
    first = stream.until("speech_phrase")["turn_id"]
    rasa.answer = replace(rasa.answer, messages=[{"text": "好。"}])
    stream.send("text", text="等一下", client_message_id="m2")
    end = stream.until("speech_end")
    assert (end["turn_id"], end["interrupted"]) == (first, True)
    assert stream.until("speech_end")["interrupted"] is False


def test_words_during_our_speech_are_shown_so_that_the_client_can_interrupt(
    stream: StreamClient, voice: ScriptedVoice, ears: ScriptedEars, rasa: ScriptedRasa
) -> None:
    voice.seconds_for_a_phrase = 0.2
    rasa.answer = replace(rasa.answer, messages=[{"text": LONG}])
    ears.events += [[Partial("等等")], [Final(SILENCE, b"")], []]
    stream.start(hands_free=True)
    stream.send("text", text="你好", client_message_id="m1")
    stream.until("speech_phrase")
    stream.speak()
    assert stream.until("partial")["text"] == "等等"
    stream.speak()
    stream.until("speech_phrase")
    assert "final" not in stream.kinds(), "a noise while we speak is no question"
    assert ears.sessions[0].spoke_meanwhile == [True]


def test_a_long_silence_is_noticed_and_then_ended_politely(stream: StreamClient, ears: ScriptedEars) -> None:
    ears.events += [[StillThere()], [GaveUp()]]
    stream.start(hands_free=True)
    stream.speak()
    assert stream.until("still_there")["reply"]["text"] == "您还在吗？"
    stream.until("speech_end")
    stream.speak()
    assert "先不听了" in stream.until("gave_up")["reply"]["text"]
    stream.until("speech_end")
    assert ears.open == 0
    stream.speak()
    assert stream.quiet()
    assert len(ears.sessions) == 1


def test_the_last_reply_can_be_heard_again(stream: StreamClient, voice: ScriptedVoice) -> None:
    stream.start()
    stream.send("repeat")
    assert stream.until("speech_end")["turn_id"] == ""
    assert "自动" in voice.spoken[0][0]
    stream.send("text", text="你好", client_message_id="m1")
    turn_id = stream.until("turn")["turn"]["turn_id"]
    stream.until("speech_end")
    stream.send("repeat")
    assert stream.until("speech_end")["turn_id"] == turn_id
    assert voice.spoken[1][0] == voice.spoken[2][0]


def test_a_chosen_manner_is_told_used_and_kept(
    stream: StreamClient, voice: ScriptedVoice, address: str, online: Conversation
) -> None:
    stream.start()
    stream.send("manner", rate=0.7, voice="male")
    assert stream.until("manner")["manner"] == {"rate": 0.7, "volume": 1.0, "voice": "male"}
    stream.send("text", text="你好", client_message_id="m1")
    stream.until("speech_end")
    assert (voice.spoken[0][1].rate, voice.spoken[0][1].gender) == (0.7, "male")
    with StreamClient(address, online) as later:
        later.send("start", rate=16000)
        assert later.until("ready")["manner"]["rate"] == 0.7


def test_slower_by_word_is_told_to_the_page(stream: StreamClient, rasa: ScriptedRasa) -> None:
    rasa.answer = replace(rasa.answer, intent="slower")
    stream.start(speak=False)
    stream.send("text", text="说慢一点", client_message_id="m1")
    assert stream.until("manner")["manner"]["rate"] == 0.85


def test_half_samples_are_joined(stream: StreamClient, ears: ScriptedEars) -> None:
    ears.says.append(utterance("好"))
    stream.start()
    for piece in (b"\1", b"\2\3", b"\4\5\6\7", b"\x08\x09"):
        stream.socket.send(piece)
    stream.send("stop")
    stream.until("turn")
    assert ears.sessions[0].pcm == bytes(range(1, 9))
