"""A start of some parts: its programs, its locks, its name; and how it is known that they answer."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from socket import create_server
from typing import Any

import pytest

from bot.operation import processes
from bot.operation.local_servers import free_ports
from bot.operation.only_one import AlreadyRunning, port_taken, state_folder_held
from bot.operation.roles import ROLES, Role, missing, unit_of
from bot.settings import Settings

pytestmark = pytest.mark.unit


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    port, rasa, actions = free_ports(3)
    return Settings(state_dir=tmp_path, port=port, rasa_port=rasa, actions_port=actions)


def programs(settings: Settings, *roles: Role) -> set[str]:
    text = processes.write_configuration(settings, Path("model.tar.gz"), roles).read_text()
    return {line.split(":")[1].rstrip("]") for line in text.splitlines() if line.startswith("[program:")}


def test_the_roles_together_run_what_one_machine_runs(settings: Settings) -> None:
    (settings.state_dir / "logs").mkdir()
    parts = [programs(settings, role) for role in ROLES]
    assert sum(map(len, parts)) == len(set().union(*parts)), "no program stands in two roles"
    assert set().union(*parts) == programs(settings, *ROLES)
    assert programs(settings, Role.API) == {"app"}
    assert programs(settings, Role.WORKER) == {"worker"}


def test_among_several_each_rasa_has_a_watch(settings: Settings) -> None:
    assert programs(settings, Role.RASA) == {"rasa"}
    assert programs(settings.model_copy(update={"hosts": "many"}), Role.RASA) == {"rasa", "models"}


def test_two_starts_in_one_state_folder_keep_their_files_apart(settings: Settings) -> None:
    other = settings.model_copy(update={"port": settings.port + 1})
    one_file, other_file = (processes.write_configuration(each, None, (Role.API,)) for each in (settings, other))
    assert one_file != other_file
    assert processes.logs_of(settings, (Role.API,)) != processes.logs_of(other, (Role.API,))
    assert unit_of(settings, (Role.API,)) == f"api-{settings.port}"
    assert unit_of(settings, ROLES) == ""


def test_roles_run_beside_each_other_and_not_beside_the_whole(settings: Settings) -> None:
    with state_folder_held(settings, "api-8001"), state_folder_held(settings, "api-8002"):
        with pytest.raises(AlreadyRunning), state_folder_held(settings, "api-8001"):
            pass
        with pytest.raises(AlreadyRunning), state_folder_held(settings):
            pass
    with state_folder_held(settings), pytest.raises(AlreadyRunning), state_folder_held(settings, "worker"):
        pass


def test_a_start_minds_the_ports_of_its_own_roles_only(settings: Settings) -> None:
    with closing(create_server(("127.0.0.1", settings.rasa_port))):
        assert port_taken(settings, (Role.API, Role.WORKER)) is None
        assert port_taken(settings, (Role.RASA,)) == f"LINYU_RASA_PORT={settings.rasa_port}"


def test_a_program_that_drains_is_given_the_time_for_it(settings: Settings) -> None:
    slow = settings.model_copy(update={"drain_seconds": 600.0})
    text = processes.write_configuration(slow, None, (Role.API,)).read_text()
    assert int(text.split("stopwaitsecs=")[1].split()[0]) > 600 + settings.reply_timeout_seconds


@contextmanager
def answering(port: int, path: str) -> Iterator[None]:
    """Something that is ready, at this path."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == path else 503)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nobody reads it."""

    server = HTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_part_is_missing_until_it_answers_whatever_the_others_do(settings: Settings) -> None:
    assert missing(settings, (Role.API, Role.WORKER), "") == ["api"]
    with answering(settings.port, "/readyz/process"):
        assert missing(settings, (Role.API, Role.WORKER), "") == []
        assert missing(settings, (Role.API, Role.RASA), "") == ["rasa"]
    with answering(settings.rasa_port, "/webhooks/linyu/ready"), answering(settings.actions_port, "/healthz"):
        assert missing(settings, (Role.RASA, Role.ACTIONS), "") == []
