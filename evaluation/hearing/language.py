"""Whose language would change by what they say? Nobody's who speaks ours, and everybody's who asks for the other one.

    python -m evaluation.hearing.language --audio FOLDER   # with manifest.tsv, beside the recordings in evaluation/audio

Every recording of Mandarin is heard as in a Chinese call, as it is and as a telephone carries it, and every English one as in an
English call; then callers' voices ask for the other language. Each recording is said twice in a row, as people do who were not
understood, and "changed by ear" takes the worst case: our words meant nothing to the dialogue, the other ones always something. The
figures are kept in evaluation/RESULTS.md where no further folder was given.
"""

import argparse
import csv
from collections import Counter
from pathlib import Path

from bot import wiring
from bot.dialogue.call.spoken_language import Reading, SpokenLanguage
from bot.settings import ROOT
from bot.speech.audio.resample import decode_mulaw, encode_mulaw, resample
from bot.speech.audio.wav import read_wav
from bot.speech.build.domain_model import ensure
from bot.speech.interface import EARS_HZ, Utterance
from bot.speech.stt.language_wish import NAMES, OTHER, LanguageWish
from bot.speech.stt.vosk_recogniser import VoskRecogniser
from bot.turns import Language
from evaluation import aims
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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--audio", type=Path, action="append", default=[], help="a folder with manifest.tsv")
    further: list[Path] = parser.parse_args().audio
    ensure(MODELS)
    recogniser = VoskRecogniser(MODELS, 1)
    wish = LanguageWish(recogniser)
    print("| what is said | heard in a call in | utterances | language changed | changed by ear |")
    print("| --- | --- | --- | --- | --- |")
    by_ear: Counter[str] = Counter()
    counted: Counter[tuple[str, Language, bool]] = Counter()
    for folder in [ROOT / "evaluation" / "audio", *further]:
        for path, kind, language in _recordings(folder):
            sound = read_wav(path.read_bytes())
            pcm = resample(sound.pcm, sound.rate_hz, EARS_HZ)
            for way, heard in (("as it is", pcm), ("telephone", _by_telephone(pcm))):
                first = recogniser.decode(heard, language)
                both = wish.in_other_language(heard, first, language)
                counted[f"{kind}, {way}", language, _is_wish(first, both, language)] += 1
                by_ear[f"{kind}, {way}"] += _changes_by_ear(both)
    _print(counted, by_ear)
    callers, asked = Callers(ROOT / "evaluation" / "results" / "callers"), Counter[tuple[str, Language, bool]]()
    for language, sentences in WISHES.items():
        for text in sentences:
            for number in range(len(VOICES[language])):
                pcm = _by_telephone(callers.say(text, language, number)[1])
                first = recogniser.decode(pcm, OTHER[language])
                both = wish.in_other_language(pcm, first, OTHER[language])
                kind = f"a wish for {language}, telephone"
                asked[kind, OTHER[language], _is_wish(first, both, OTHER[language])] += 1
    _print(asked, Counter())
    if not further:
        command = "python -m evaluation.hearing.language"
        aims.keep(
            "Language of a call", _figures(counted, by_ear, asked), command=command, now=wiring.now(), settings={}
        )


def _figures(
    counted: Counter[tuple[str, Language, bool]], by_ear: Counter[str], asked: Counter[tuple[str, Language, bool]]
) -> list[aims.Figure]:
    recordings, wishes = sum(counted.values()), sum(asked.values())
    changed = sum(count for (_, _, changes), count in counted.items() if changes)
    heard = sum(count for (_, _, changes), count in asked.items() if changes)
    return [
        aims.Figure("real recordings that are taken for a wish to change", changed, "<=", 0, recordings),
        aims.Figure(
            "real recordings that change it when said twice, whatever they mean", sum(by_ear.values()), "<=", 0, recordings
        ),
        aims.Figure("spoken wishes for the other language that are heard", round(heard / wishes, 4), of=wishes),
    ]  # fmt: skip


def _recordings(folder: Path) -> list[tuple[Path, str, Language]]:
    """File, what kind of recording, and its language."""
    with (folder / "manifest.tsv").open(encoding="utf-8") as lines:
        return [
            (folder / row["file"], row.get("set") or Path(row["file"]).parent.name, _language_of(row["file"]))
            for row in csv.DictReader(lines, delimiter="\t")
        ]


def _is_wish(first: Utterance, both: Utterance, language: Language) -> bool:
    name = NAMES[OTHER[language]]
    return bool(name.search(both.text)) and not name.search(first.text)


def _changes_by_ear(heard: Utterance) -> bool:
    """Said twice, when the dialogue understands only what the other recogniser heard."""
    spoken = SpokenLanguage()
    reading = Reading(
        heard.confidence, heard.other_confidence, understood=False, other_makes_sense=bool(heard.other_text)
    )
    return any([spoken.changes(reading), spoken.changes(reading)])


def _by_telephone(pcm: bytes) -> bytes:
    return resample(decode_mulaw(encode_mulaw(resample(pcm, EARS_HZ, 8000))), 8000, EARS_HZ)


def _language_of(file: str) -> Language:
    return "en" if file.startswith("en") else "zh"


def _print(counted: Counter[tuple[str, Language, bool]], by_ear: Counter[str]) -> None:
    for kind, language in dict.fromkeys((kind, language) for kind, language, _ in counted):
        changed, same = counted[kind, language, True], counted[kind, language, False]
        print(f"| {kind} | {language} | {changed + same} | {changed} | {by_ear[kind]} |")


if __name__ == "__main__":
    main()
