"""Our program does not run: Asterisk itself reaches a person."""

import time
from pathlib import Path

import pytest

from evaluation.telephone.exchange import running_asterisk, telephone_settings
from evaluation.telephone.softphone import Softphone

pytestmark = pytest.mark.telephone


def test_a_caller_reaches_the_operator_when_the_program_is_down(tmp_path: Path) -> None:
    settings = telephone_settings(tmp_path)
    port = int(settings.sip_operator.rpartition(":")[2])
    with (
        running_asterisk(settings) as home,
        Softphone("operator", tmp_path, port=port) as operator,
        Softphone("13900001234", tmp_path) as caller,
    ):
        caller.call(f"sip:linyu@127.0.0.1:{settings.sip_port}")
        operator.wait_for_state("CONFIRMED")
        time.sleep(1)
        caller.hang_up()
        operator.wait_for_state("DISCONNECTED")
        assert "13900001234" not in (home / "log" / "out").read_text()
    assert operator.recording.stat().st_size > 8000
