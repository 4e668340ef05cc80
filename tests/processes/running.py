"""The processes of a running Linyu, and the records it has written."""

from bot.operation.own import OwnLinyu
from bot.store.encryption import DataKeys
from bot.store.store import Store
from evaluation.running import PATIENCE_SECONDS, await_ready, descendants, hold, kill, lives, pid_of

__all__ = ["PATIENCE_SECONDS", "await_ready", "descendants", "hold", "kill", "lives", "pid_of", "store_of"]


def store_of(linyu: OwnLinyu) -> Store:
    """Its database, opened with its own keys."""
    keys = (linyu.state_dir / "secrets" / "data_key").read_text().split(",")
    return Store(f"sqlite:///{linyu.state_dir / 'linyu.db'}", DataKeys(keys))
