"""All processes under one supervisor: supervisord starts, watches and restarts them (docs/adr/0005-supervisor.md)."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from bot.operation import asterisk
from bot.operation.asterisk_program import find_asterisk
from bot.operation.environment import APP_BIN, environment
from bot.settings import ROOT, Settings

HEAD = """[supervisord]
nodaemon=true
logfile={state}/logs/supervisord.log
logfile_maxbytes=5MB
pidfile={state}/supervisord.pid
identifier=linyu

"""
PROGRAM = """[program:{name}]
command={command}
directory={root}
autorestart=true
startsecs=2
startretries=1000
stopasgroup=true
killasgroup=true
stopwaitsecs=8
redirect_stderr=true
stdout_logfile={state}/logs/{name}.log
stdout_logfile_maxbytes=10MB
stdout_logfile_backups=3

"""


def write_configuration(settings: Settings, model: Path) -> Path:
    """What supervisord is to run. It holds no secret: those travel in the environment."""
    uvicorn = f"{APP_BIN / 'python'} -m uvicorn --factory --no-access-log --no-server-header"
    commands = {
        "rasa": f"{APP_BIN / 'python'} -m bot.rasa_process {model}",
        "actions": f"{uvicorn} --host 127.0.0.1 --port {settings.actions_port} actions.server:create_app",
        "app": f"{APP_BIN / 'python'} -m api.server",
        "worker": f"{APP_BIN / 'linyu'} worker",
        **{f"voices-{name}": f"{APP_BIN / 'python'} -m bot.voice_process {which}" for name, which in _voices(settings)},
        **{f"ears-{n}": f"{APP_BIN / 'python'} -m bot.ear_process {n}" for n in range(settings.ears_run)},
    }
    if settings.telephone == "asterisk" and (program := find_asterisk()):
        home = asterisk.write_configuration(settings, program)
        commands["asterisk"] = " ".join(asterisk.start_command(program, home))
    state = settings.state_dir.resolve()
    text = HEAD.format(state=state)
    become = f"{APP_BIN / 'python'} -m bot.operation.program"
    text += "".join(
        PROGRAM.format(name=name, command=f"{become} {name} {command}", root=ROOT, state=state)
        for name, command in commands.items()
    )
    path = state / "supervisord.conf"
    path.write_text(text)
    return path


def _voices(settings: Settings) -> list[tuple[str, str]]:
    """Name of each, and which voice it is."""
    natural = [(f"natural-{n}", f"kokoro {n}") for n in range(settings.voices_run)]
    background = [("background", "background 0")] if natural and settings.render_ahead else []
    return [("small", "espeak 0"), *natural, *background]


def run(settings: Settings, configuration: Path, *, instance: str, lock: int) -> subprocess.Popen[bytes]:
    """supervisord, in a process group of its own so that we decide when it stops; it ends with us, and holds `lock`.

    `instance` is the name under which readyz tells that it belongs to this start.
    """
    become = [str(APP_BIN / "python"), "-m", "bot.operation.program", "supervisord"]
    command = [*become, str(APP_BIN / "supervisord"), "-n", "-c", str(configuration)]
    log = settings.state_dir / "logs" / "supervisord.out"
    with log.open("ab") as out:
        return subprocess.Popen(
            command,
            env={**environment(settings), "LINYU_INSTANCE": instance},
            cwd=ROOT,
            stdout=out,
            stderr=out,
            start_new_session=True,
            pass_fds=(lock,),
        )


def wait_until_ready(
    settings: Settings,
    supervisor: subprocess.Popen[bytes],
    say: Callable[[str], None],
    *,
    instance: str,
    patience_seconds: float = 300,
) -> bool:
    """True when readyz is 200 and ours; says which parts are still missing while it waits."""
    deadline, told = time.monotonic() + patience_seconds, ""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    while time.monotonic() < deadline and supervisor.poll() is None:
        try:
            answer = httpx.get(f"http://{host}:{settings.port}/readyz", timeout=3)
            told_by = answer.json()
            if told_by.get("instance") != instance:
                waiting = "the application (another one answers on its port)"
            elif answer.status_code == httpx.codes.OK:
                return True
            else:
                waiting = ", ".join(told_by.get("missing", []))
        except (httpx.HTTPError, ValueError):
            waiting = "the application"
        if waiting != told:
            say(f"waiting for {waiting} …")
            told = waiting
        time.sleep(0.3)
    return False


def stop(supervisor: subprocess.Popen[bytes]) -> None:
    """Everything, orderly; harshly only if it does not listen."""
    if supervisor.poll() is None:
        supervisor.terminate()
        try:
            supervisor.wait(20)
        except subprocess.TimeoutExpired:
            supervisor.kill()
            print("the supervisor did not stop and was killed", file=sys.stderr)
