"""Becomes the Rasa server with the model in force: `python -m bot.rasa_process MODEL_OF_THE_FILES`.

The activated model is looked up anew at every start, and a file that is not the one that was trained is never loaded.
It builds its own store: wiring would load the whole application first.
"""

import os
import sys
from pathlib import Path

from bot import state_folder
from bot.operation import training
from bot.operation.environment import RASA_PYTHON
from bot.services.learning import trained_models
from bot.settings import Settings
from bot.store.encryption import DataKeys
from bot.store.store import Store


def model_in_force(settings: Settings, of_files: Path) -> Path:
    """Raises SystemExit when not even the model of the files may be loaded."""
    store = Store(settings.database, DataKeys(state_folder.data_keys(settings)))
    try:
        active = trained_models.file_in_force(store, settings.trained_models, training.fingerprint(settings))
    finally:
        store.close()
    if active is None and not training.is_sound(of_files):
        raise SystemExit("no model may be loaded: its checksum is not that of our training; run `linyu train`")
    return (active or of_files).resolve()


def main() -> None:
    settings = Settings()
    model = model_in_force(settings, Path(sys.argv[1]))
    os.execve(  # noqa: S606  becoming Rasa is what this file is for
        RASA_PYTHON,
        [
            str(RASA_PYTHON), "-W", "ignore", "-m", "rasa", "run", "--model", str(model), "--endpoints", "endpoints.yml",
            "--credentials", "credentials.yml", "-i", settings.inner_host, "-p", str(settings.rasa_port),
        ],
        {
            name: value
            for name, value in os.environ.items()
            if name != "LINYU_DATABASE_URL" or settings.trackers == "database"
        },
    )  # fmt: skip


if __name__ == "__main__":
    main()
