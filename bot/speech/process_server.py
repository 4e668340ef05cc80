"""What ear and voice processes have in common: the Wyoming protocol behind a socket that only its owner can open.

A crash inside native code ends this process and what it held, and nothing else: its supervisor starts it anew, and the
application goes to another one meanwhile.
"""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from wyoming.error import Error
from wyoming.event import Event
from wyoming.server import AsyncEventHandler, AsyncUnixServer

from bot.errors import AssistantError
from bot.turns import Language

log = logging.getLogger(__name__)
SAMPLE_BYTES = 2
NewHandler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], AsyncEventHandler]


def socket_of(folder: Path, number: int) -> Path:
    """Where process `number` listens."""
    return folder / f"{number}.sock"


def free_socket_of(folder: Path, number: int) -> Path:
    """The same, in its folder and without what the process before has left: whoever comes waits until we serve."""
    path = socket_of(folder, number)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    return path


async def serve(new_handler: NewHandler, path: Path) -> None:
    """Until told to stop."""
    await AsyncUnixServer(path).run(new_handler)


class ProcessHandler(AsyncEventHandler):
    """One client of this process. After a failure the connection ends: nothing of it is used again."""

    async def handle_event(self, event: Event) -> bool:
        """False ends the connection. A failure that we expect is told by its code first."""
        try:
            await self.take(event)
        except AssistantError as error:
            await self.write_event(Error(text=error.code, code=error.code).event())
            return False
        except ConnectionError:
            return False
        except Exception as error:
            log.error("%s while %s was taken", type(error).__name__, event.type)
            return False
        return True

    async def take(self, event: Event) -> None:
        """Do what the client asks."""
        raise NotImplementedError


def language_of(code: str | None) -> Language:
    """Everything that is not English is Chinese."""
    return "en" if code == "en" else "zh"
