"""Becomes an ear process: `python -m bot.ear_process NUMBER`; `linyu ears` is the same for operators.

It stands alone because the rest of the application would load first: ears that were killed are back in seconds, and take no
memory but their own.
"""

import argparse
import logging
from pathlib import Path

from bot.settings import ROOT, Settings
from bot.speech import process_server
from bot.speech.stt import ear_server
from bot.speech.stt.ears import Ears
from bot.speech.stt.expected import Expected
from bot.speech.stt.language_wish import LanguageWish
from bot.speech.stt.second_ears import SecondEars
from bot.speech.stt.vosk_recogniser import VoskRecogniser


def ears_folder(state: Path) -> Path:
    """Where the ear processes listen."""
    return state.resolve() / "ears"


def ready_ears(listeners: int, mandarin: Path | None = None, second: Path | None = None) -> Ears:
    """For so many speakers at a time, with every model in memory; loading takes a second.

    `mandarin` and `second` are folders of Vosk models: instead of ours, and beside it.
    """
    recogniser = VoskRecogniser(ROOT / "models" / "vosk", listeners, mandarin=mandarin)
    recogniser.warm_up()
    if second is not None:
        recogniser.second = SecondEars(VoskRecogniser(ROOT / "models" / "vosk", listeners, mandarin=second))
        recogniser.second.warm_up()
    expected = Expected(recogniser)
    expected.warm_up()
    recogniser.expected = expected
    wish = LanguageWish(recogniser)
    wish.warm_up()
    recogniser.other_language = wish
    hearing = Ears(recogniser, ROOT / "models")
    hearing.warm_up()
    return hearing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, help="which of the ear processes this is")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = Settings()
    path = process_server.free_socket_of(ears_folder(settings.speech_folder), asked.number)
    ears = ready_ears(settings.listeners, mandarin=settings.vosk_zh, second=settings.second_ears)
    ear_server.serve(ears, path)


if __name__ == "__main__":
    main()
