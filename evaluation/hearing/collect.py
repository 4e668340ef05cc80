"""Lets the ears hear recordings of real people and our own cases spoken by callers' voices, and keeps every stage."""

import csv
import json
import random
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.dialogue.call.hearing import understand
from bot.dialogue.goals import FINER_INTENTS
from bot.language.ear import for_ear
from bot.language.entities import find_entities
from bot.language.text import normalise
from bot.language.times import HERE
from bot.language.whole_numbers import score_in, whole_number
from bot.settings import ROOT
from bot.speech.audio.resample import resample
from bot.speech.audio.wav import read_wav
from bot.speech.build.domain_model import ensure
from bot.speech.interface import EARS_HZ, Utterance
from bot.speech.stt.expected import Expected
from bot.speech.stt.vosk_recogniser import VoskRecogniser
from bot.turns import Language
from evaluation.hearing.callers import Callers
from evaluation.hearing.sound import CONDITIONS, heard_as
from evaluation.linyu_client import RasaChannel

HERE_FOLDER = Path(__file__).parent
MODELS = ROOT / "models" / "vosk"
SENTENCES = {"zh": 120, "en": 30}
"""How many goal cases are spoken; always the same ones."""
SPOKEN_UNDER = ("clean", "telephone", "babble 10 dB")
SLOTS_ON = datetime(2026, 11, 24, 9, tzinfo=HERE)
"""The day on which slots.jsonl is said."""
NOISY_EVERY = 3
"""Noise is put on every third recording only."""
THREADS = 2
Row = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """One sentence that a caller says."""

    text: str
    language: Language
    expected: Row
    """{"goal"} or {"slot", "value"}."""
    awaiting: str | None
    number: int
    """Which of the callers says it."""


class TwoEars:
    """The recogniser as downloaded, and ours."""

    def __init__(self) -> None:
        ensure(MODELS)
        self.plain = VoskRecogniser(MODELS, THREADS, as_downloaded=True)
        self.ours = VoskRecogniser(MODELS, THREADS)
        self.expected = Expected(self.ours)

    def hear(self, pcm: bytes, language: Language, awaiting: str | None, *, only_ours: bool = False) -> Row:
        """What each stage made of it; every stage builds on the one before."""
        model = self.ours.decode(pcm, language)
        plain = model if only_ours or language == "en" else self.plain.decode(pcm, language)
        expected = self.expected.second_opinion(pcm, model, language, awaiting)
        understood = understand(expected, awaiting=awaiting, language=language)
        first = understand(Utterance(expected.text, expected.confidence), awaiting=awaiting, language=language)
        return {
            "plain": plain.text,
            "language model": model.text,
            "expected answer": expected.text,
            "repair": first.text,
            "readings": understood.text,
            "sure": understood.sure,
            "confidence": round(expected.confidence, 3),
        }


STAGES = ("plain", "language model", "expected answer", "repair", "readings")


def recordings(folders: Iterable[Path], ears: TwoEars, every: int = 1) -> Iterator[Row]:
    """Real people; `manifest.tsv` in each folder has `file` and `transcript`. Each folder within is a set."""
    rows = [
        (folder / line["file"], Path(line["file"]).parts[0], line["transcript"])
        for folder in folders
        if (folder / "manifest.tsv").exists()
        for line in csv.DictReader((folder / "manifest.tsv").read_text("utf-8").splitlines(), delimiter="\t")
        if line["transcript"] != "TBD"
    ]
    sounds = [pcm_of(path) for path, _, _ in rows]
    jobs = []
    for number, (path, name, transcript) in list(enumerate(rows))[::every]:
        language: Language = "en" if transcript.isascii() else "zh"
        others = [sound for at, sound in enumerate(sounds) if rows[at][0].stem[:11] != path.stem[:11]]
        for condition in CONDITIONS if number // every % NOISY_EVERY == 0 else CONDITIONS[:2]:
            pcm = heard_as(sounds[number], condition, others, random.Random(number))
            about = {"set": name, "condition": condition, "language": language, "transcript": transcript}
            jobs.append((about, pcm, language))
    with ThreadPoolExecutor(THREADS) as pool:
        heard = pool.map(lambda job: ears.hear(job[1], job[2], None), jobs)
        for (about, _, _), stages in zip(jobs, heard, strict=True):
            yield {**about, **stages}


def pcm_of(path: Path) -> bytes:
    sound = read_wav(path.read_bytes())
    return resample(sound.pcm, sound.rate_hz, EARS_HZ)


def sentences() -> list[Said]:
    """All slot cases, and a fixed sample of the goal cases."""
    chosen: list[Said] = []
    for line in (HERE_FOLDER / "slots.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        expected = {"slot": case["slot"], "value": case["expected"]}
        chosen.append(Said(case["said"], case.get("language", "zh"), expected, case["awaiting"], len(chosen)))
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        lines = (HERE_FOLDER.parent / "goals" / f"cases.{language}.jsonl").read_text("utf-8").splitlines()
        for at in sorted(random.Random(7).sample(range(len(lines)), SENTENCES[language])):
            case = json.loads(lines[at])
            chosen.append(Said(case["said"], language, {"goal": case["goal"]}, case.get("awaiting"), len(chosen)))
    return chosen


def spoken(cases: list[Said], others: list[bytes], callers: Callers, ears: TwoEars, rasa: RasaChannel) -> Iterator[Row]:
    """Every sentence under three conditions; slots a second time, slowly, as after a read-back that was wrong."""
    jobs: list[tuple[Row, Said, bytes]] = []
    for case in cases:
        for again in (False, True) if "slot" in case.expected else (False,):
            voice, pcm = callers.say(case.text, case.language, case.number, slowly=again)
            for condition in SPOKEN_UNDER:
                noisy = heard_as(pcm, condition, others, random.Random(case.number + 1000 * again))
                about = {"said": case.text, "voice": voice, "condition": condition, "again": again}
                jobs.append((about, case, noisy))
    with ThreadPoolExecutor(THREADS) as pool:
        heard = pool.map(
            lambda job: ears.hear(job[2], job[1].language, job[1].awaiting, only_ours=job[0]["again"]), jobs
        )
        for (about, case, _), stages in zip(jobs, heard, strict=True):
            texts = {"text": case.text, **{stage: stages[stage] for stage in STAGES}}
            read = {stage: meaning(text, case, rasa) for stage, text in texts.items()}
            yield {**about, "language": case.language, "expected": case.expected, **stages, "read": read}


def meaning(text: str, case: Said, rasa: RasaChannel) -> Any:
    """The goal or the value that is understood from these words."""
    if not text:
        return None
    slot = case.expected.get("slot")
    if slot in (None, "answer", "service"):
        read = rasa.read(text, case.awaiting)
        if slot == "service":
            return next((e["value"] for e in read["entities"] if e["entity"] == "service"), None)
        best = read["intent_ranking"][0]["name"]
        return FINER_INTENTS.get(best, best)
    return value_of(text, slot, case)


def value_of(text: str, slot: str, case: Said) -> Any:
    if slot == "score":
        return whole_number(text) or score_in(text)
    entities = find_entities(normalise(text), SLOTS_ON, awaiting=case.awaiting, language=case.language)
    when = {
        "day": str(entities.when.day) if entities.when.day else None,
        "at": f"{entities.when.at:%H:%M}" if entities.when.at else None,
    }
    if slot == "when":
        return when
    if slot in when:
        return when[slot]
    if slot == "place":
        place = for_ear(entities.place or "").lower()
        return case.expected["value"] if for_ear(case.expected["value"]).lower() in place else entities.place
    return getattr(entities, slot)
