"""How well is each voice understood, and how fast does it speak? `python -m evaluation.voice.run [OUT.json]`

The recogniser of the ears listens to twenty reply sentences in each voice; characters that it hears wrongly are counted.
It mishears some words of human speakers too, so the figures compare voices and are no absolute measure.
"""

import json
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

import jiwer

from bot import wiring
from bot.language.ear import for_ear
from bot.language.text import normalise
from bot.settings import ROOT
from bot.speech import espeak
from bot.speech.interface import EARS_HZ, Recogniser
from bot.speech.kokoro_driver import NATURAL_RATE
from bot.speech.loudness import spoken
from bot.speech.pyttsx3_voice import natural_voice
from bot.speech.voice_worker import Engine, WorkerSetup
from bot.speech.workers import VoiceWorker
from bot.turns import Language

SENTENCES: dict[Language, tuple[str, ...]] = {
    "zh": (
        "请问有什么可以帮您?",
        "您想预约哪一项服务?",
        "请留一个电话号码,只用来办这件事。",
        "请告诉我上门的地址,比如哪个社区。",
        "不好意思,我没听清,请您再说一遍。",
        "预约好了,明天中午十一点半。",
        "到2025年,养老床位要达到450张。",
        "这个我不清楚,改革方案里没有写。",
        "请马上拨打120急救电话。",
        "为了核对,请说登记电话的后四位。",
        "这个时间已经约满了,可以排队等候。",
        "我们会在一天内给您第一次答复。",
        "要找工作人员,请说人工。",
        "街道给老人办了助餐点和健康小屋。",
        "请说说是什么事,在什么地方。",
        "工作人员会打这个电话找您。",
        "您的信息只有办事的人能看到。",
        "好的,我说慢一点。",
        "星期三上午九点有空位。",
        "流动服务车每周到小区里来。",
    ),
    "en": (
        "How can I help you?",
        "Which service would you like to book?",
        "Please give me a phone number.",
        "Sorry, I did not catch that.",
        "Please say it again.",
        "Your booking is done for tomorrow at noon.",
        "Which day would you like?",
        "I do not know that, the plan does not say.",
        "Leave the dangerous place right now.",
        "That time has already passed.",
        "Please tell me the address.",
        "Staff will call you on that phone.",
        "Nothing was found.",
        "All right, I will speak more slowly.",
        "You are on the waiting list.",
        "Is there anything else?",
        "Please tell me what is wrong.",
        "Where is it?",
        "Goodbye, and take care.",
        "The office is open on Monday morning.",
    ),
}  # fmt: skip


def main(out: Path | None) -> None:
    recogniser, results = wiring.recogniser(), []
    with tempfile.TemporaryDirectory() as work:
        for engine in ("kokoro", "espeak"):
            worker = VoiceWorker(
                WorkerSetup(engine, Path(work), ROOT / "models" / "kokoro"), limit_seconds=lambda text: 300
            )
            for language in ("zh", "en"):
                for gender in ("female", "male"):
                    natural, small = natural_voice(language, gender), espeak.voice_of(language, gender)
                    result = measure(worker, engine, natural if engine == "kokoro" else small, language, recogniser)
                    results.append(result)
                    print(json.dumps(result, ensure_ascii=False), flush=True)
            worker.close()
    if out:
        out.write_text(json.dumps(results, ensure_ascii=False, indent=2))


def measure(
    worker: VoiceWorker, engine: Engine, voice: str, language: Language, recogniser: Recogniser
) -> dict[str, object]:
    worker.render("好", voice, NATURAL_RATE)
    said, heard, seconds, work, waits = [], [], 0.0, 0.0, []
    for sentence in SENTENCES[language]:
        text = for_ear(sentence, language)
        since = time.monotonic()
        rate = NATURAL_RATE if engine == "kokoro" else espeak.NATURAL_RATES[language]
        sound, rate_hz = worker.render(text, voice, rate)
        waits.append(time.monotonic() - since)
        work += waits[-1]
        seconds += sound.size / rate_hz
        listening = recogniser.start(language)
        listening.accept(spoken(sound, rate_hz, EARS_HZ) + bytes(EARS_HZ))
        heard.append(plain(listening.finish().text))
        listening.close()
        said.append(plain(text))
    memory = Path(f"/proc/{worker.process_id}/status").read_text()
    return {
        "voice": voice,
        "cer": round(jiwer.cer(said, heard), 3),
        "rtf": round(work / seconds, 3),
        "median_seconds": round(statistics.median(waits), 2),
        "rss_mb": int(next(line.split()[1] for line in memory.splitlines() if line.startswith("VmRSS"))) // 1024,
        "misses": [f"{one} → {other}" for one, other in zip(said, heard, strict=True) if one != other],
    }


def plain(text: str) -> str:
    """Letters only; numbers as Chinese characters, 幺 as 一."""
    return re.sub(r"[^\w]", "", normalise(text)).lower().replace("幺", "一").replace("两", "二")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
