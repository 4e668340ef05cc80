"""Becomes one program of Linyu: `python -m bot.operation.program NAME COMMAND…`.

The program ends with whoever started it, sees only the secrets that it needs, and makes files for its owner only.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Mapping

SECRETS = (
    "LINYU_DATA_KEY",
    "LINYU_TOKEN",
    "LINYU_DATABASE_URL",
    "LINYU_REDIS",
    "LINYU_TELEPHONE_SECRET",
    "LINYU_SIP_TRUNK_PASSWORD",
    "LINYU_TWILIO_AUTH_TOKEN",
)
NEEDED = {
    "supervisord": SECRETS,  # hands them on
    "app": (
        "LINYU_DATA_KEY",
        "LINYU_TOKEN",
        "LINYU_DATABASE_URL",
        "LINYU_REDIS",
        "LINYU_TELEPHONE_SECRET",
        "LINYU_TWILIO_AUTH_TOKEN",
    ),
    "actions": ("LINYU_DATA_KEY", "LINYU_TOKEN", "LINYU_DATABASE_URL"),
    "rasa": ("LINYU_DATA_KEY", "LINYU_TOKEN", "LINYU_DATABASE_URL", "LINYU_REDIS"),
    "models": ("LINYU_DATA_KEY", "LINYU_TOKEN", "LINYU_DATABASE_URL", "LINYU_REDIS"),
    "worker": ("LINYU_DATA_KEY", "LINYU_DATABASE_URL", "LINYU_TELEPHONE_SECRET"),
}
"""A program that is not here, such as Asterisk or a training, gets none."""
PR_SET_PDEATHSIG = 1
"""Of Linux's prctl."""


def seen_by(name: str, everything: Mapping[str, str]) -> dict[str, str]:
    """The environment without the secrets that this program does not need."""
    return {key: value for key, value in everything.items() if key not in SECRETS or key in NEEDED.get(name, ())}


def end_with_parent() -> None:
    """From now on this process is asked to end when its parent ends, also when the parent is killed."""
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it ended just before
        raise SystemExit(1)


def main() -> None:
    name, *command = sys.argv[1:]
    end_with_parent()
    os.umask(0o077)
    os.execvpe(command[0], command, seen_by(name, os.environ))  # noqa: S606  becoming the program is what this is for


if __name__ == "__main__":
    main()
