"""All processes under one supervisor: supervisord starts, watches and restarts them (docs/adr/0005-supervisor.md)."""

import math
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.operation import asterisk
from bot.operation.asterisk_program import find_asterisk
from bot.operation.environment import APP_BIN, environment
from bot.operation.roles import ROLES, Role, missing, unit_of
from bot.settings import ROOT, Settings

STOP_SECONDS = 8
"""Programs that do not end within so long are killed."""
HEAD = """[supervisord]
nodaemon=true
logfile={logs}/supervisord.log
logfile_maxbytes=5MB
pidfile={home}/supervisord.pid
identifier=linyu

"""
PROGRAM = """[program:{name}]
command={command}
directory={root}
priority={priority}
autorestart=true
startsecs=2
startretries=1000
stopasgroup=true
killasgroup=true
stopwaitsecs={patience}
redirect_stderr=true
stdout_logfile={logs}/{name}.log
stdout_logfile_maxbytes=10MB
stdout_logfile_backups=3

"""


def write_configuration(settings: Settings, model: Path | None, roles: Sequence[Role] = ROLES) -> Path:
    """What supervisord is to run. It holds no secret: those travel in the environment. `model` is needed for Rasa only."""
    unit = unit_of(settings, roles)
    home = settings.state_dir.resolve() / "units" / unit if unit else settings.state_dir.resolve()
    logs = logs_of(settings, roles)
    for folder in (home, logs):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    patience = STOP_SECONDS + (
        math.ceil(settings.drain_seconds + settings.reply_timeout_seconds) if settings.drain_seconds else 0
    )
    become = f"{APP_BIN / 'python'} -m bot.operation.program"
    text = HEAD.format(home=home, logs=logs)
    text += "".join(
        PROGRAM.format(
            name=name,
            command=f"{become} {name} {command}",
            root=ROOT,
            logs=logs,
            patience=patience,
            priority=_priority(name),
        )
        for role in roles
        for name, command in _commands(settings, model, role).items()
    )
    path = home / "supervisord.conf"
    path.write_text(text)
    return path


def _priority(name: str) -> int:
    """What has the highest is stopped first: the application finishes its calls while all that it needs is there."""
    return 1000 if name == "app" else 900


def logs_of(settings: Settings, roles: Sequence[Role] = ROLES) -> Path:
    """Where the logs of this start lie."""
    return settings.state_dir.resolve() / "logs" / unit_of(settings, roles)


def _commands(settings: Settings, model: Path | None, role: Role) -> dict[str, str]:
    """Name and command of every program of a role."""
    python = APP_BIN / "python"
    uvicorn = f"{python} -m uvicorn --factory --no-access-log --no-server-header"
    match role:
        case Role.RASA:
            watch = {"models": f"{python} -m bot.rasa_watch"} if settings.hosts == "many" else {}
            return {"rasa": f"{python} -m bot.rasa_process {model}", **watch}
        case Role.ACTIONS:
            address = f"--host {settings.inner_host} --port {settings.actions_port}"
            return {"actions": f"{uvicorn} {address} actions.server:create_app"}
        case Role.API:
            return {"app": f"{python} -m api.server", **_asterisk(settings)}
        case Role.WORKER:
            return {"worker": f"{APP_BIN / 'linyu'} worker"}
        case Role.SPEECH:
            voices = {f"voices-{name}": f"{python} -m bot.voice_process {which}" for name, which in _voices(settings)}
            return {**voices, **{f"ears-{n}": f"{python} -m bot.ear_process {n}" for n in range(settings.ears_run)}}


def _asterisk(settings: Settings) -> dict[str, str]:
    if settings.telephone != "asterisk" or not (program := find_asterisk()):
        return {}
    home = asterisk.write_configuration(settings, program)
    return {"asterisk": " ".join(asterisk.start_command(program, home))}


def _voices(settings: Settings) -> list[tuple[str, str]]:
    """Name of each, and which voice it is."""
    natural = [(f"natural-{n}", f"kokoro {n}") for n in range(settings.voices_run)]
    background = [("background", "background 0")] if natural and settings.render_ahead else []
    return [("small", "espeak 0"), *natural, *background]


def run(
    settings: Settings, configuration: Path, *, instance: str, locks: Sequence[int], roles: Sequence[Role] = ROLES
) -> subprocess.Popen[bytes]:
    """supervisord, in a process group of its own so that we decide when it stops; it ends with us, and holds `locks`.

    `instance` is the name under which readyz tells that it belongs to this start.
    """
    become = [str(APP_BIN / "python"), "-m", "bot.operation.program", "supervisord"]
    command = [*become, str(APP_BIN / "supervisord"), "-n", "-c", str(configuration)]
    log = logs_of(settings, roles) / "supervisord.out"
    with log.open("ab") as out:
        return subprocess.Popen(
            command,
            env={**environment(settings), "LINYU_INSTANCE": instance},
            cwd=ROOT,
            stdout=out,
            stderr=out,
            start_new_session=True,
            pass_fds=tuple(locks),
        )


def wait_until_ready(
    settings: Settings,
    supervisor: subprocess.Popen[bytes],
    say: Callable[[str], None],
    *,
    instance: str,
    roles: Sequence[Role] = ROLES,
    patience_seconds: float = 300,
) -> bool:
    """True when all parts of this start answer; says which are still missing while it waits."""
    deadline, told = time.monotonic() + patience_seconds, ""
    while time.monotonic() < deadline and supervisor.poll() is None:
        if not (waiting := ", ".join(missing(settings, roles, instance))):
            return True
        if waiting != told:
            say(f"waiting for {waiting} …")
            told = waiting
        time.sleep(0.3)
    return False


def stop(supervisor: subprocess.Popen[bytes], drain_seconds: float = 0.0) -> None:
    """Everything, orderly; harshly only if it does not listen. So long the application finishes its calls."""
    if supervisor.poll() is None:
        supervisor.terminate()
        try:
            supervisor.wait(20 + 2 * drain_seconds)
        except subprocess.TimeoutExpired:
            supervisor.kill()
            print("the supervisor did not stop and was killed", file=sys.stderr)
