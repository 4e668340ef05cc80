"""Train the Rasa model when what it learns from has changed, and check it before it is loaded."""

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

from bot.operation.environment import RASA_PYTHON, training_environment
from bot.settings import ROOT, Settings

LEARNT_FROM = (
    "config.yml",
    "domain.yml",
    "data/domain/*.yml",
    "data/nlu/**/*.yml",
    "data/rules/*.yml",
    "data/knowledge/*.md",
    "bot/nlu/[kst]*.py",  # the components; channel and tracker store teach the model nothing
    "bot/nlu/requirements.lock",
    "bot/language/readers/encoder.py",
    "bot/language/readers/encoders.py",
    "bot/language/readers/grams.py",
    "bot/language/readers/linear.py",
    "bot/language/readers/mishearing.py",
    "bot/language/readers/network.py",
)
MODELS = ROOT / "models" / "rasa"
KEPT = 3
"""Older models stay for a roll-back."""


class TrainingFailed(Exception):
    """The end of Rasa's log was said."""


def fingerprint(settings: Settings) -> str:
    """Changes when anything the model learns from does."""
    digest = hashlib.sha256(settings.encoder.encode())
    for pattern in LEARNT_FROM:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def model_of_files(settings: Settings) -> Path:
    """Where the model for the present data lies, once it is trained."""
    return MODELS / f"linyu-{fingerprint(settings)}.tar.gz"


def ensure_model(settings: Settings, say: Callable[[str], None]) -> Path:
    """The model for the present data, trained if need be. Raises TrainingFailed."""
    model = model_of_files(settings)
    if is_sound(model):
        say("the model is up to date")
        return model
    say("training the model (about two minutes) …")
    MODELS.mkdir(parents=True, exist_ok=True)
    command = [
        str(RASA_PYTHON), "-W", "ignore", "-m", "rasa", "train", "--force", "--out", str(MODELS),
        "--fixed-model-name", model.name.removesuffix(".tar.gz"), "--data", "data/nlu", "data/rules",
    ]  # fmt: skip
    if _run(command, settings, say) or not model.exists():
        raise TrainingFailed
    _checksum_of(model).write_text(_sum(model))
    for old in sorted(MODELS.glob("linyu-*.tar.gz"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink()
        _checksum_of(old).unlink(missing_ok=True)
    return model


def _run(command: list[str], settings: Settings, say: Callable[[str], None]) -> int:
    """Rasa's exit code. Its many lines go to a log; only its progress, or the end when it fails, is said."""
    log = settings.state_dir / "logs" / "train.log"
    with log.open("w") as file:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**training_environment(settings), "LOG_LEVEL": "INFO"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert process.stdout
        for line in process.stdout:
            file.write(line)
            if "rasa.engine.training.hooks" in line:
                say(line.rpartition(" - ")[2].strip())
    if process.wait():
        say("\n".join(log.read_text().splitlines()[-30:]))
    return process.returncode


def is_sound(model: Path) -> bool:
    """Is it there, and the very file that our training made? A model file is code to Rasa."""
    checksum = _checksum_of(model)
    return model.exists() and checksum.exists() and checksum.read_text() == _sum(model)


def _checksum_of(model: Path) -> Path:
    return model.with_name(model.name + ".sha256")


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
