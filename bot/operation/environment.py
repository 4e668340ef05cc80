"""What our processes find in their environment, and where Rasa's interpreter lies."""

import os
from pathlib import Path

from bot import state_folder
from bot.operation import trackers
from bot.operation.program import SECRETS, seen_by
from bot.settings import ROOT, Settings

RASA_PYTHON = ROOT / "bot" / "nlu" / ".venv" / "bin" / "python"
APP_BIN = ROOT / ".venv" / "bin"
ONE_SENTENCE_AT_A_TIME = {"OPENBLAS_NUM_THREADS": "1"}
"""The threads of one multiplication wait for each other by keeping a core busy. For a single sentence they gain nothing, and
where several programs share the cores each of them waits for a thread that gets no time."""

LOCK_SECONDS = 5
"""Rasa's lock on a conversation: after a Rasa was killed with it another one goes on so much later."""


def environment(settings: Settings) -> dict[str, str]:
    """What the supervisor gets, with all secrets: they travel here and never on a command line."""
    return {
        **_without_secrets(settings),
        **ONE_SENTENCE_AT_A_TIME,
        **{name: value for name, value in os.environ.items() if name in SECRETS},
        "LINYU_TOKEN": state_folder.token(settings),
        "LINYU_DATA_KEY": ",".join(state_folder.data_keys(settings)),
    }


def training_environment(settings: Settings) -> dict[str, str]:
    """For what trains and measures models: files in, files out, and no secret."""
    return _without_secrets(settings)


def _without_secrets(settings: Settings) -> dict[str, str]:
    return {
        **seen_by("", os.environ),
        "LINYU_HOST": settings.host,
        "LINYU_PORT": str(settings.port),
        "LINYU_RASA_PORT": str(settings.rasa_port),
        "LINYU_ACTIONS_PORT": str(settings.actions_port),
        "LINYU_ACTIONS_URL": settings.actions_address,
        "LINYU_STATE_DIR": str(settings.state_dir),
        "LINYU_TRACKER_FILE": str(settings.state_dir / trackers.FILE),
        "LINYU_TRACKERS": settings.trackers,
        "LINYU_DRAFT_HOURS": str(settings.draft_hours),
        "TICKET_LOCK_LIFETIME": str(LOCK_SECONDS),
        "LINYU_ENCODER_NAME": settings.encoder_name,
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "LOG_LEVEL": "WARNING",
        "LOG_LEVEL_LIBRARIES": "ERROR",
        "HF_HUB_OFFLINE": "1",
        "MPLCONFIGDIR": str(settings.state_dir / "cache"),
    }


def interpreter_missing() -> Path | None:
    """The interpreter that the set-up should have made and has not."""
    return next((path for path in (APP_BIN / "python", RASA_PYTHON) if not path.exists()), None)
