"""The command `linyu`, for operators."""

import os
import secrets
import signal
import socket
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot import announcements, state_folder, terminal_talk, wiring
from bot.commands import speech as speech_commands
from bot.commands.jobs import jobs_app
from bot.commands.learning import knowledge_app, training_app
from bot.commands.points import points_app
from bot.commands.privacy import resident_app, rotate_key
from bot.commands.staff import audit_app, staff_app
from bot.jobs import learning as learning_jobs
from bot.jobs import webhook_deliveries
from bot.jobs.resident_calls import call_handlers
from bot.jobs.resident_pushes import push_handlers
from bot.jobs.worker import run_forever, run_side_by_side
from bot.operation import asterisk, asterisk_program, processes, readers, training
from bot.operation.environment import interpreter_missing
from bot.operation.only_one import AlreadyRunning, port_taken, state_folder_held
from bot.operation.roles import ROLES, Role, unit_of
from bot.services.audit import audit
from bot.services.bookings import offerings
from bot.services.jobs import importing
from bot.services.kernel import backup as backups
from bot.services.kernel.topics import DueRules, due_handlers, load_demo
from bot.services.residents import cleaning, data_key, privacy
from bot.settings import ROOT, Settings

app = typer.Typer(no_args_is_help=True, help="Run and look after Linyu 邻语.", pretty_exceptions_enable=False)
app.add_typer(resident_app, name="resident")
app.command("rotate-key")(rotate_key)
app.command()(speech_commands.say)
app.command()(speech_commands.ears)
app.command()(speech_commands.voices)
app.command()(terminal_talk.hear)
app.command()(terminal_talk.talk)
app.add_typer(staff_app, name="staff")
app.add_typer(audit_app, name="audit")
app.add_typer(knowledge_app, name="knowledge")
app.add_typer(training_app, name="training")
app.add_typer(jobs_app, name="jobs")
app.add_typer(points_app, name="points")
console = Console(highlight=False)


def _say(text: str) -> None:
    console.print(f"[dim]linyu:[/dim] {text}")


def _fail(text: str) -> typer.Exit:
    Console(stderr=True, highlight=False).print(f"[red]linyu:[/red] {text}")
    return typer.Exit(1)


@app.command()
def prepare() -> None:
    """Migrate the database, load demo data on the first start, train the model if its data changed."""
    _prepare()


def _prepare(roles: Sequence[Role] = ROLES) -> Path | None:
    """The model to run with, where Rasa is among the roles."""
    settings = wiring.settings()
    if missing := interpreter_missing():
        raise _fail(f"{missing} is missing: run `make setup` first")
    state_folder.prepare(settings.state_dir)
    if set(roles) == {Role.SPEECH}:
        return None
    _say("preparing the database …")
    try:
        state_folder.check_given(settings)
        with wiring.store().prepared_alone():
            _prepare_database(settings)
    except (state_folder.BadSecret, data_key.WrongDataKey) as error:
        raise _fail(str(error)) from None
    if Role.ACTIONS in roles:
        _say("reading the knowledge pages (about a minute the first time) …")
        wiring.knowledge()  # fills the cache that the action server starts with
    if Role.API in roles:
        speech_commands.render_prompts(settings, _say)
        if settings.telephone == "asterisk":
            announcements.record(settings, asterisk.sounds_folder(settings), _say)
    return _model() if {Role.RASA, Role.API, Role.WORKER} & set(roles) else None


def _prepare_database(settings: Settings) -> None:
    wiring.store().migrate()
    data_key.check(wiring.store())
    if settings.demo_data and not offerings.find_offerings(wiring.store()):
        demo_data()
    elif settings.demo_data:
        example_jobs()


def _model() -> Path:
    readers.ensure_all(wiring.deep_encoder(), _say)
    try:
        return training.ensure_model(wiring.settings(), _say)
    except training.TrainingFailed:
        raise _fail("training failed; the lines above say why") from None


@app.command()
def serve(
    role: Annotated[
        list[Role] | None, typer.Option(help="only these parts, beside other hosts (docs/deploy.md, 9); all without it")
    ] = None,
) -> None:
    """Run everything until Ctrl-C."""
    os.umask(0o077)
    settings, roles = wiring.settings(), tuple(dict.fromkeys(role)) if role else ROLES
    try:
        with state_folder_held(settings, unit_of(settings, roles)) as locks:
            _serve(locks, roles)
    except AlreadyRunning as error:
        raise _fail(str(error)) from None


def _serve(locks: Sequence[int], roles: Sequence[Role]) -> None:
    settings = wiring.settings()
    if taken := port_taken(settings, roles):
        raise _fail(f"another program listens on {taken}; stop it, or choose another port")
    model = _prepare(roles)
    if Role.API in roles and settings.host not in ("127.0.0.1", "localhost", "::1"):
        _say("[yellow]listening beyond this machine without TLS: put a TLS proxy in front (docs/deploy.md)[/yellow]")
    if settings.encoder == "m3e":
        _say("the sentence encoder m3e-small is licensed for research only; see README, “Sentence encoder”")
    calls = Role.API in roles and settings.telephone == "asterisk"
    if calls and asterisk_program.find_asterisk() is None:
        raise _fail("LINYU_TELEPHONE=asterisk needs Asterisk: run `make phone` once, or install it (docs/telephone.md)")
    instance = secrets.token_hex(8)
    configuration = processes.write_configuration(settings, model, roles)
    supervisor = processes.run(settings, configuration, instance=instance, locks=locks, roles=roles)

    def end(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    try:
        logs = processes.logs_of(settings, roles)
        if not processes.wait_until_ready(settings, supervisor, _say, instance=instance, roles=roles):
            raise _fail(f"not ready; the logs are in {logs}")
        address = f"http://{settings.host}:{settings.port}"
        if calls:
            for line in asterisk.how_to_call(settings):
                _say(line)
        where = f"Residents: [bold]{address}/[/bold]   API: {address}/openapi.json   " if Role.API in roles else ""
        _say(f"ready. {where}Stop: Ctrl-C")
        supervisor.wait()
        raise _fail(f"the supervisor ended; the logs are in {logs}")
    except KeyboardInterrupt:
        _say("stopping …")
    finally:
        processes.stop(supervisor, settings.drain_seconds)


@app.command()
def train() -> None:
    """Train the model if its data changed."""
    state_folder.prepare(wiring.settings().state_dir)
    _model()


@app.command("demo-data")
def demo_data() -> None:
    """Load the examples marked 示例: offerings, and what other topics have."""
    count = offerings.load_demo(wiring.store(), ROOT / "data" / "policy" / "offerings.csv")
    others = load_demo(wiring.store(), wiring.now())
    _say(f"{', '.join([f'{count} offerings', *others])} marked 示例 are loaded")
    example_jobs()


def example_jobs() -> None:
    """Postings marked 示例, where no posting is open."""
    file = ROOT / "data" / "jobs" / "demo.csv"
    if count := importing.load_demo(wiring.store(), file, wiring.trades(), wiring.now()):
        _say(f"{count} job postings marked 示例 are loaded")


@app.command()
def worker() -> None:
    """Do due tasks until stopped."""
    settings, stopping = wiring.settings(), threading.Event()
    signal.signal(signal.SIGTERM, lambda _signal, _frame: stopping.set())
    signal.signal(signal.SIGINT, lambda _signal, _frame: stopping.set())
    cleaning.plan(wiring.store(), wiring.now())
    candidates = wiring.candidates()
    rules = DueRules(wiring.keep(), settings.waiting_offer_hours)
    learning = learning_jobs.learning_handlers(candidates, candidates.group, wiring.now)
    quick = {**due_handlers(rules, long=False), **call_handlers(settings), **push_handlers(settings)}
    long = {**due_handlers(rules, long=True), **learning}
    name = f"{socket.gethostname()}-{os.getpid()}"
    run = partial(
        run_forever,
        clock=wiring.now,
        sleep=lambda: _wait(stopping, settings.worker_seconds),
        stopping=stopping.is_set,
    )
    loops = [
        lambda: run(wiring.store(), name, quick),
        lambda: run(wiring.store(), f"{name}-long", long, lease=learning_jobs.LEASE),
        lambda: webhook_deliveries.run_forever(
            wiring.store(),
            clock=wiring.now,
            sleep=lambda: _wait(stopping, settings.worker_seconds),
            stopping=stopping.is_set,
        ),
    ]
    if not run_side_by_side(loops, stopping.set):
        raise typer.Exit(1)


def _wait(stopping: threading.Event, seconds: float) -> None:
    stopping.wait(seconds)


@app.command()
def backup(target: Path) -> None:
    """Write a copy of the database, while everything runs."""
    try:
        backups.backup(wiring.settings().database, target)
        privacy.note_backup(wiring.store(), wiring.now())
    except (ValueError, RuntimeError) as error:
        raise _fail(str(error)) from None
    _say(f"written to {target}; keep the data key apart from it")


@app.command()
def restore(source: Path) -> None:
    """Put a copy back. Stop Linyu first. The database that is there is kept beside it."""
    settings = wiring.settings()
    try:
        with state_folder_held(settings):
            kept = backups.restore(settings.database, source, wiring.store().keys)
            wiring.store().migrate()
            data_key.check(wiring.store())
            audit.note_restore(wiring.store(), wiring.now())
    except (AlreadyRunning, ValueError, RuntimeError, state_folder.BadSecret, data_key.WrongDataKey) as error:
        raise _fail(str(error)) from None
    _say(f"restored; what was there before is kept in {kept}" if kept else "restored")


if __name__ == "__main__":
    app()
