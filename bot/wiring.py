"""The only file that builds real parts and joins them. Each part is built once, when it is first needed."""

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from bot import state_folder
from bot.language.encoder import SentenceEncoder
from bot.services import knowledge as knowledge_pages
from bot.services.deadlines import Targets
from bot.settings import ROOT, Settings
from bot.store.encryption import DataKeys
from bot.store.store import Store


@cache
def settings() -> Settings:
    return Settings()


@cache
def store() -> Store:
    chosen = settings()
    return Store(
        chosen.database, DataKeys(state_folder.data_keys(chosen)), audit_anchor=chosen.state_dir / "audit" / "anchor"
    )


@cache
def encoder() -> SentenceEncoder | None:
    """None when the setting says none."""
    folder = settings().encoder_folder
    return SentenceEncoder(folder) if folder else None


@cache
def knowledge() -> knowledge_pages.Knowledge:
    return knowledge_pages.load(ROOT / "data" / "knowledge", encoder(), cache=settings().state_dir / "cache")


def targets() -> Targets:
    chosen = settings()
    return Targets(chosen.case_response_days, chosen.case_settlement_days, chosen.case_working_days)


def now() -> datetime:
    """The clock on the wall of the street office."""
    return datetime.now(ZoneInfo(settings().timezone))
