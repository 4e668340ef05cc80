"""Real SIP calls through a real Asterisk that has only AudioSocket, with the dialplan that we give to others."""

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.main import create_app
from bot import state_folder
from bot.operation.local_servers import free_ports
from bot.settings import ROOT, Settings
from bot.store.conversations.tables import Call, CallEvent
from bot.store.encryption import DataKeys
from bot.store.store import Store
from evaluation.telephone.exchange import running_asterisk, telephone_settings
from evaluation.telephone.softphone import Softphone
from tests.api.conftest import served
from tests.speech_fakes import ScriptedEars
from tests.store_fakes import empty_database
from tests.telephone.rasa_script import ScriptedRasa
from tests.unit.telephone.conftest import LoudVoice

pytestmark = pytest.mark.telephone
DIALPLAN = ROOT / "deploy" / "audiosocket" / "extensions.conf"
MODULES = ("res_curl", "func_curl", "res_audiosocket", "app_audiosocket")
INBOUND = "\n[inbound]\nexten => _[+0-9a-zA-Z]!,1,Goto(linyu,s,1)\n"


@dataclass
class Exchange:
    settings: Settings
    store: Store
    home: Path

    @property
    def address(self) -> str:
        return f"sip:linyu@127.0.0.1:{self.settings.sip_port}"

    @property
    def operator_port(self) -> int:
        return int(self.settings.sip_operator.rpartition(":")[2])

    def calls(self) -> list[Call]:
        with self.store.reading() as unit:
            return unit.session.query(Call).order_by(Call.started).all()

    def wait_for_note(self, kind: str, seconds: float = 20) -> None:
        """In the newest call."""
        call, deadline = self.calls()[-1].id, time.monotonic() + seconds
        while time.monotonic() < deadline:
            with self.store.reading() as unit:
                if unit.session.query(CallEvent).filter_by(call_id=call, kind=kind).count():
                    return
            time.sleep(0.1)
        raise AssertionError(f"no {kind}")


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exchange]:
    """Ears and Rasa are scripted: what is tried here is the way of a call."""
    folder = tmp_path_factory.mktemp("audiosocket")
    (port,) = free_ports(1)
    settings = telephone_settings(folder).model_copy(update={"audiosocket_port": port, "encoder": "none"})
    with closing(Store(empty_database(settings.state_dir / "linyu.db"), DataKeys([DataKeys.generate()]))) as store:
        app = create_app(settings, store=store, rasa=ScriptedRasa(), ears=ScriptedEars(), voice=LoudVoice())  # type: ignore[arg-type]
        with served(app) as web, running_asterisk(settings, configuration(settings, web)) as home:
            yield Exchange(settings, store, home)
    shutil.rmtree(folder)


def configuration(settings: Settings, web: str) -> dict[str, str]:
    modules = (ROOT / "deploy/asterisk/modules.conf").read_text()
    ours = {
        "LINYU": web,
        "LINYU_AUDIOSOCKET": f"127.0.0.1:{settings.audiosocket_port}",
        "LINYU_SECRET": state_folder.telephone_secret(settings),
        # Beyond the trunk, as ours reaches it: where there is a trunk, there is no line for telephones without an account.
        "LINYU_OPERATOR": f"PJSIP/trunk/sip:{settings.sip_operator}",
    }
    dialplan = DIALPLAN.read_text().replace("},20,g)", "},3,g)")
    for name, value in ours.items():
        dialplan, changed = re.subn(rf"(?m)^{name} = .*$", f"{name} = {value}", dialplan)
        assert changed == 1
    return {
        "extensions.conf": dialplan + INBOUND,
        "modules.conf": modules + "".join(f"load = {name}.so\n" for name in MODULES),
    }


def test_a_caller_is_greeted_presses_0_and_talks_to_the_operator(exchange: Exchange, tmp_path: Path) -> None:
    with (
        Softphone("operator", tmp_path, port=exchange.operator_port) as operator,
        Softphone("13900001234", tmp_path) as caller,
    ):
        caller.call(exchange.address)
        caller.hear_speech(0.5)
        caller.press("0")
        ringing = operator.wait_for(lambda event: event["event"] == "ringing")
        operator.wait_for_state("CONFIRMED")
        caller.hang_up()
        operator.wait_for_state("DISCONNECTED")
    assert re.search(r"Linyu \d+", ringing["caller"]), "the number of the summary"
    [call] = exchange.calls()
    assert (call.provider, call.cause) == ("audiosocket", "handed_over")
    with exchange.store.reading() as unit:
        assert call.phone_hash == unit.keys.keyed_hash("13900001234")
        assert [event.value for event in unit.session.query(CallEvent).filter_by(kind="key")] == ["0"]
    written = "".join(path.read_text(errors="replace") for path in (exchange.home / "log").iterdir() if path.is_file())
    assert "13900001234" not in written
    assert state_folder.telephone_secret(exchange.settings) not in written


def test_a_goodbye_hangs_up_and_nobody_else_is_rung(exchange: Exchange, tmp_path: Path) -> None:
    with (
        Softphone("operator", tmp_path, port=exchange.operator_port) as operator,
        Softphone("13900001235", tmp_path) as caller,
    ):
        caller.call(exchange.address)
        caller.hear_speech(0.3)
        caller.press("#")
        caller.wait_for_state("DISCONNECTED")
        assert [event["event"] for event in operator.events] == ["ready"]
    assert exchange.calls()[-1].cause == "assistant"


def test_when_nobody_answers_the_assistant_takes_the_call_again(exchange: Exchange, tmp_path: Path) -> None:
    with (
        Softphone("operator", tmp_path, port=exchange.operator_port, answers=False) as operator,
        Softphone("13900001236", tmp_path) as caller,
    ):
        caller.call(exchange.address)
        caller.hear_speech(0.3)
        caller.press("0")
        operator.wait_for(lambda event: event["event"] == "ringing")
        exchange.wait_for_note("nobody_answered")
        caller.press("#")
        caller.wait_for_state("DISCONNECTED")
    assert exchange.calls()[-1].cause == "assistant"
