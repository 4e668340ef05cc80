"""How to speak in a conversation: as the resident asks, and slower for who speaks slowly."""

from bot.language.speech_commands import finer_command_in
from bot.services.conversations import conversations
from bot.services.conversations.conversations import ConversationView
from bot.speech.interface import Utterance
from bot.speech.tts.pace import FOR_SLOW_SPEAKERS, SLOW_UTTERANCES, SpeechCommand, is_slow, next_rate, next_volume
from bot.store.store import Store


def follow_wish(store: Store, conversation: ConversationView, goal: str, text: str, awaiting: str | None) -> None:
    """One step in the direction that these words ask for; `goal` is slower or louder."""
    wish: SpeechCommand = finer_command_in(text, awaiting) or ("slower" if goal == "slower" else "louder")
    if wish in ("louder", "quieter"):
        volume = 1.0 if conversation.volume is None else conversation.volume
        conversations.set_manner(store, conversation.id, volume=next_volume(volume, wish))
    else:
        rate = 1.0 if conversation.rate is None else conversation.rate
        conversations.set_manner(store, conversation.id, rate=next_rate(rate, wish))


def follow_speaker(store: Store, conversation: ConversationView, utterance: Utterance) -> None:
    """Who speaks slowly twice in a row is answered slowly, once, unless a rate was chosen before."""
    slow = is_slow(utterance)
    if slow is None or conversation.rate is not None:
        return
    count = conversation.slow_utterances + 1 if slow else 0
    if count >= SLOW_UTTERANCES:
        conversations.set_manner(store, conversation.id, rate=FOR_SLOW_SPEAKERS)
    elif count != conversation.slow_utterances:
        conversations.count_slow_utterances(store, conversation.id, count)
