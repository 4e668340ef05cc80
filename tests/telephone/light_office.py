"""The telephone alone: real Asterisk and real SIP, our application with scripted ears and a scripted Rasa. Starts in seconds."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from datetime import time as dt_time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import soundfile

from api.main import create_app
from api.parts import Parts
from bot import state_folder
from bot.operation import asterisk
from bot.services.bookings import bookings, offerings
from bot.services.bookings.bookings import BookingRequest
from bot.settings import Settings
from bot.store.conversations.tables import Call, CallEvent
from bot.store.encryption import DataKeys
from bot.store.handover.tables import Handover
from bot.store.store import Store
from evaluation.telephone.exchange import running_asterisk, telephone_settings
from evaluation.telephone.softphone import Softphone
from tests.api.conftest import served
from tests.speech_fakes import ScriptedEars
from tests.store_fakes import empty_database
from tests.telephone.rasa_script import ScriptedRasa
from tests.unit.conftest import COLUMNS
from tests.unit.telephone.conftest import LoudVoice

ANNOUNCED_HZ = {"nobody": 500.0, "later": 900.0}
"""Instead of words, Asterisk's own announcements are tones here."""


OFFER: dict[str, object] = {
    "service": "meal", "title": "助餐", "title_en": "Meal", "place": "东风社区", "is_example": "yes",
    "place_en": "Dongfeng", "needs_address": "no", "weekdays": "1-7", "windows": "11:00-12:30",
    "capacity": 4, "max_party": 4, "notice_hours": 2, "max_days_ahead": 14, "cancel_hours": 2, "source": "test",
    "valid_from": "2026-01-01",
}  # fmt: skip


@dataclass
class LightOffice:
    settings: Settings
    parts: Parts
    store: Store
    folder: Path

    @property
    def address(self) -> str:
        return f"sip:linyu@127.0.0.1:{self.settings.sip_port}"

    @property
    def exchange(self) -> tuple[str, str]:
        """Where softphones register, and with which password."""
        return f"127.0.0.1:{self.settings.sip_port}", state_folder.sip_password(self.settings)

    def book(self, phone: str) -> str:
        """Somebody has a meal tomorrow: the booking's number."""
        offer = OFFER | {"id": "meal-test"}
        table = self.folder / "offerings.csv"
        table.write_text(COLUMNS + "\n" + ",".join(str(offer[name]) for name in COLUMNS.split(",")) + "\n")
        offerings.load_demo(self.store, table)
        now = self.parts.clock()
        wish = BookingRequest(
            offering_id="meal-test", day=now.date() + timedelta(days=1), starts=dt_time(11), party=1, name="测试甲",
            phone=phone, address=None, beneficiary=None, note=None, conversation_id="a", client_message_id="m",
            language="zh", channel="web",
        )  # fmt: skip
        return bookings.book(self.store, wish, now).number

    def calls(self) -> list[Call]:
        with self.store.reading() as unit:
            return unit.session.query(Call).order_by(Call.started).all()

    def handovers(self) -> list[Handover]:
        with self.store.reading() as unit:
            return unit.session.query(Handover).all()

    def events(self) -> list[str]:
        with self.store.reading() as unit:
            return [event.kind for event in unit.session.query(CallEvent).order_by(CallEvent.id)]


@contextmanager
def light_office(folder: Path, **changes: Any) -> Iterator[LightOffice]:
    """Without a trunk: whoever registers as operator is the operator."""
    wanted = {"sip_trunk": "", "sip_operator": "", "encoder": "none", **changes}
    settings = telephone_settings(folder).model_copy(update=wanted)
    sounds = asterisk.sounds_folder(settings)
    sounds.mkdir(parents=True)
    for name, hertz in ANNOUNCED_HZ.items():
        wave = np.sin(np.arange(2 * 8000) * 2 * np.pi * hertz / 8000) * 8000
        soundfile.write(sounds / f"{name}.wav", wave.astype(np.int16), 8000, subtype="PCM_16")
    with closing(Store(empty_database(settings.state_dir / "linyu.db"), DataKeys([DataKeys.generate()]))) as store:
        fakes: dict[str, Any] = {"store": store, "rasa": ScriptedRasa(), "ears": ScriptedEars(), "voice": LoudVoice()}
        app = create_app(settings, clock=lambda: datetime.now(ZoneInfo("Asia/Shanghai")), **fakes)
        with served(app) as address:
            at = settings.model_copy(update={"port": int(address.rpartition(":")[2])})
            with running_asterisk(at):
                yield LightOffice(at, replace(app.state.parts), store, folder)


KEY_HERTZ = {"0": (941.0, 1336.0), "#": (941.0, 1477.0)}


def key_tones(folder: Path, keys: str) -> Path:
    """A sound file of keys as tones, a fifth of a second each."""
    at = np.arange(1600) / 8000
    pieces = [np.zeros(1600)]
    for key in keys:
        pieces += [sum(np.sin(2 * np.pi * hertz * at) for hertz in KEY_HERTZ[key]) * 6000, np.zeros(1600)]
    file = folder / "keys.wav"
    soundfile.write(file, np.concatenate(pieces).astype(np.int16), 8000, subtype="PCM_16")
    return file


def until(holds: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.05)


def hertz_of(phone: Softphone, *, last_seconds: float = 1.5) -> float:
    """The strongest tone at the end of what its owner has heard; the telephone is not used any more."""
    phone.close()
    sound, rate = soundfile.read(phone.recording, dtype="float32")
    loud = np.flatnonzero(np.abs(sound) > 0.05)
    end = int(loud[-1]) + 1 if loud.size else len(sound)
    piece = sound[max(0, end - int(last_seconds * rate)) : end]
    return float(np.argmax(np.abs(np.fft.rfft(piece))) * rate / max(1, len(piece)))
