"""Whose language would change by what they say? Nobody's who speaks ours, and everybody's who asks for the other one.

    python -m evaluation.hearing.language --audio FOLDER   # with manifest.tsv, beside the recordings in evaluation/audio

Every recording of Mandarin is heard as in a Chinese call, as it is and as a telephone carries it, and every English one as in an
English call; then callers' voices ask for the other language. "Clearer in the other" counts utterances that both recognisers' scores
alone would give to the other language: two in a row, whose words also make sense to the dialogue, change a call.
"""

import argparse
import csv
from collections import Counter
from pathlib import Path

from bot.dialogue.call.spoken_language import Reading
from bot.settings import ROOT
from bot.speech.audio.resample import decode_mulaw, encode_mulaw, resample
from bot.speech.audio.wav import read_wav
from bot.speech.build.domain_model import ensure
from bot.speech.interface import EARS_HZ
from bot.speech.stt.language_wish import NAMES, OTHER, LanguageWish
from bot.speech.stt.vosk_recogniser import VoskRecogniser
from bot.turns import Language
from evaluation.hearing.callers import VOICES, Callers

MODELS = ROOT / "models" / "vosk"
WISHES: dict[Language, tuple[str, ...]] = {
    "zh": ("请说中文", "我说的是中文,请讲普通话", "你会说中文吗", "请讲普通话", "我听不懂英语", "换成中文"),
    "en": (
        "English please",
        "Can you speak English?",
        "Sorry, I do not speak Chinese. English please.",
        "Do you speak English?",
        "I only speak English",
        "Please speak English",
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--audio", type=Path, action="append", default=[], help="a folder with manifest.tsv")
    folders = [ROOT / "evaluation" / "audio", *parser.parse_args().audio]
    ensure(MODELS)
    recogniser = VoskRecogniser(MODELS, 1)
    wish = LanguageWish(recogniser)
    print("| what is said | heard in a call in | utterances | language changed | clearer in the other |")
    print("| --- | --- | --- | --- | --- |")
    clearer: Counter[str] = Counter()
    counted: Counter[tuple[str, Language, bool]] = Counter()
    for folder in folders:
        with (folder / "manifest.tsv").open(encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t"))
        for row in rows:
            sound = read_wav((folder / row["file"]).read_bytes())
            pcm = resample(sound.pcm, sound.rate_hz, EARS_HZ)
            language = _language_of(row["file"])
            for way, heard in (("as it is", pcm), ("telephone", _by_telephone(pcm))):
                kind = f"{row.get('set') or Path(row['file']).parent.name}, {way}"
                counted[kind, language, _changes(wish, recogniser, heard, language)] += 1
                clearer[kind] += _is_clearer(wish, recogniser, heard, language)
    _print(counted, clearer)
    callers, asked = Callers(ROOT / "evaluation" / "results" / "callers"), Counter[tuple[str, Language, bool]]()
    for language, sentences in WISHES.items():
        for text in sentences:
            for number in range(len(VOICES[language])):
                pcm = _by_telephone(callers.say(text, language, number)[1])
                asked[
                    f"a wish for {language}, telephone",
                    OTHER[language],
                    _changes(wish, recogniser, pcm, OTHER[language]),
                ] += 1
    _print(asked, Counter())


def _changes(wish: LanguageWish, recogniser: VoskRecogniser, pcm: bytes, language: Language) -> bool:
    first = recogniser.decode(pcm, language)
    return bool(NAMES[OTHER[language]].search(wish.in_other_language(pcm, first, language).text)) and not NAMES[
        OTHER[language]
    ].search(first.text)


def _is_clearer(wish: LanguageWish, recogniser: VoskRecogniser, pcm: bytes, language: Language) -> bool:
    """By both recognisers' scores alone, as if the dialogue understood only the other one."""
    heard = wish.in_other_language(pcm, recogniser.decode(pcm, language), language)
    return Reading(heard.confidence, heard.other_confidence, understood=False, other_makes_sense=True).clearly_other


def _by_telephone(pcm: bytes) -> bytes:
    return resample(decode_mulaw(encode_mulaw(resample(pcm, EARS_HZ, 8000))), 8000, EARS_HZ)


def _language_of(file: str) -> Language:
    return "en" if file.startswith("en") else "zh"


def _print(counted: Counter[tuple[str, Language, bool]], clearer: Counter[str]) -> None:
    for kind, language in dict.fromkeys((kind, language) for kind, language, _ in counted):
        changed, same = counted[kind, language, True], counted[kind, language, False]
        print(f"| {kind} | {language} | {changed + same} | {changed} | {clearer[kind]} |")


if __name__ == "__main__":
    main()
