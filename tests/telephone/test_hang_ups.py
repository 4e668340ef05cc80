"""Real callers hang up while they speak. Nobody else notices, and every call is closed in the records."""

import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from evaluation.telephone.softphone import Softphone
from tests.processes.running import pid_of
from tests.telephone.conftest import NUMBERS, Office
from tests.telephone.speech import saying

pytestmark = pytest.mark.telephone
HANG_UPS = 18
AT_ONCE = 3
SAYINGS = ("noise", "book_meal", "ask_beds")


def speak_and_hang_up(office: Office, number: str, saying_name: str, seconds: float) -> None:
    with Softphone(number, office.folder) as phone:
        phone.call(office.address)
        phone.play(saying(saying_name))
        time.sleep(seconds)
        phone.hang_up()


def test_callers_who_hang_up_in_mid_sentence_harm_nobody(office: Office, caller: Softphone) -> None:
    dice = random.Random(18)
    numbers = [next(NUMBERS) for _ in range(HANG_UPS)]
    before = [pid_of(office.linyu, program) for program in ("app", "ears")]
    caller.call(office.address)
    caller.hear_speech(2.0)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        hung_up = [
            threads.submit(speak_and_hang_up, office, number, dice.choice(SAYINGS), dice.uniform(0.2, 2.5))
            for number in numbers
        ]
        for one in hung_up:
            one.result()
    for number in numbers:
        office.wait_for(number, lambda number=number: office.call_of(number).ended is not None)  # type: ignore[misc]
        assert office.call_of(number).cause == "caller"
    assert [pid_of(office.linyu, program) for program in ("app", "ears")] == before
    office.say(caller, "ask_beds", form=None, awaiting=None)  # whoever is still on the line is heard
    caller.hang_up()
