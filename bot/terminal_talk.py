"""`linyu hear` and `linyu talk`: the ears and the whole conversation, from a terminal."""

import asyncio
import json
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal

import httpx
import typer
import websockets

from bot import wiring
from bot.errors import AssistantError
from bot.speech.audio.resample import resample
from bot.speech.audio.wav import read_wav
from bot.speech.interface import EARS_HZ

VOICE_HZ = 24000
"""In which the server speaks."""
RECORDERS = (
    ["parec", "--raw", "--format=s16le", f"--rate={EARS_HZ}", "--channels=1"],
    ["arecord", "--quiet", "--file-type=raw", "--format=S16_LE", f"--rate={EARS_HZ}", "--channels=1"],
)
PLAYERS = (
    ["paplay", "--raw", "--format=s16le", f"--rate={VOICE_HZ}", "--channels=1"],
    ["aplay", "--quiet", "--file-type=raw", "--format=S16_LE", f"--rate={VOICE_HZ}", "--channels=1"],
)
PIECE_SECONDS = 0.1
PIECE = int(EARS_HZ * PIECE_SECONDS) * 2
PAUSE = bytes(4 * EARS_HZ * 2)
"""Silence after a file, so that its last turn ends as a spoken one does."""

LanguageOption = Annotated[Literal["zh", "en"], typer.Option(help="zh or en")]


def hear(
    file: Path,
    language: LanguageOption = "zh",
    awaiting: Annotated[str | None, typer.Option(help="what was asked, such as date or phone")] = None,
) -> None:
    """Print what is said in a WAV file, how sure that is, and other readings."""
    try:
        utterance, _ = wiring.ears().hear(file.read_bytes(), language, awaiting)
    except (AssistantError, OSError) as error:
        raise _failed(f"nothing was heard ({type(error).__name__})") from None
    typer.echo(utterance.text or "(nothing)")
    typer.echo(f"confidence {utterance.confidence:.2f}")
    for reading in utterance.alternatives[:4]:
        typer.echo(f"or: {reading}")


def talk(
    language: LanguageOption = "zh",
    file: Annotated[Path | None, typer.Option(help="a WAV file instead of the microphone")] = None,
) -> None:
    """Talk with the running Linyu by microphone and loudspeaker. Ctrl-C ends it."""
    settings = wiring.settings()
    try:
        sound = _file(file) if file else _microphone()
        asyncio.run(_Talk(f"http://127.0.0.1:{settings.port}", language).run(sound, waits=file is not None))
    except (httpx.HTTPError, websockets.WebSocketException):
        raise _failed("Linyu does not answer; is `linyu serve` running?") from None
    except (AssistantError, OSError) as error:
        raise _failed(f"the sound cannot be read ({type(error).__name__})") from None
    except KeyboardInterrupt:
        typer.echo("")


class _Talk:
    """One conversation over the web page's own socket. While the assistant speaks, nobody is listened to."""

    def __init__(self, url: str, language: str) -> None:
        self._url, self._language = url, language
        self._our_turn = asyncio.Event()
        self._player = _first_installed(PLAYERS)
        self._playing: asyncio.subprocess.Process | None = None

    async def run(self, sound: AsyncIterator[bytes], *, waits: bool) -> None:
        """`waits`: the sound stands still while the assistant speaks; a microphone's is dropped."""
        async with websockets.connect(await self._open(), max_size=None) as socket:
            await socket.send(
                json.dumps({"type": "start", "rate": EARS_HZ, "language": self._language, "hands_free": True})
            )
            await socket.send(json.dumps({"type": "repeat"}))
            hearing = asyncio.create_task(self._hear(socket))
            try:
                await self._our_turn.wait()
                async for piece in sound:
                    if waits:
                        await self._our_turn.wait()
                    if hearing.done():
                        break
                    if self._our_turn.is_set():
                        await socket.send(piece)
                await self._our_turn.wait()
            finally:
                hearing.cancel()
                if self._playing:
                    self._playing.terminate()

    async def _open(self) -> str:
        """The socket's address, with its ticket."""
        async with httpx.AsyncClient(base_url=f"{self._url}/api/v1", timeout=30) as http:
            opened = await http.post("/conversations", json={"channel": "web", "language": self._language})
            opened.raise_for_status()
            about = opened.json()
            path = f"/conversations/{about['conversation_id']}"
            answer = await http.post(f"{path}/ticket", headers={"Authorization": f"Bearer {about['token']}"})
            answer.raise_for_status()
        for reply in about["replies"]:
            typer.echo(f"邻语: {reply['text']}")
        return f"{self._url.replace('http', 'ws', 1)}/api/v1{path}/stream?ticket={answer.json()['ticket']}"

    async def _hear(self, socket: websockets.ClientConnection) -> None:
        async for message in socket:
            if isinstance(message, bytes):
                await self._play(message)
            else:
                await self._show(json.loads(message))
        self._our_turn.set()

    async def _show(self, event: dict[str, Any]) -> None:
        match event["type"]:
            case "partial":
                typer.echo(f"\r… {event['text']}", nl=False)
            case "final":
                self._our_turn.clear()
                typer.echo(f"\r您: {event['text']}")
            case "turn":
                for reply in event["turn"]["replies"]:
                    typer.echo(f"邻语: {reply['text']}")
            case "speech_start":
                self._our_turn.clear()
            case "speech_end":
                await self._finish_playing()
                self._our_turn.set()
            case "error":
                typer.echo(f"linyu: {event['detail']}", err=True)
                self._our_turn.set()

    async def _play(self, pcm: bytes) -> None:
        if self._player is None:
            return
        if self._playing is None:
            self._playing = await asyncio.create_subprocess_exec(*self._player, stdin=subprocess.PIPE)
        assert self._playing.stdin
        self._playing.stdin.write(pcm)
        await self._playing.stdin.drain()

    async def _finish_playing(self) -> None:
        playing, self._playing = self._playing, None
        if playing and playing.stdin:
            playing.stdin.close()
            await playing.wait()


async def _file(file: Path) -> AsyncIterator[bytes]:
    """As fast as it was spoken, and silence after it."""
    sound = read_wav(await asyncio.to_thread(file.read_bytes))
    pcm = resample(sound.pcm, sound.rate_hz, EARS_HZ) + PAUSE
    for at in range(0, len(pcm), PIECE):
        yield pcm[at : at + PIECE]
        await asyncio.sleep(PIECE_SECONDS)


async def _microphone() -> AsyncIterator[bytes]:
    with _recorder() as recorder:
        assert recorder.stdout
        while piece := await asyncio.to_thread(recorder.stdout.read, PIECE):
            yield piece


@contextmanager
def _recorder() -> Iterator[subprocess.Popen[bytes]]:
    command = _first_installed(RECORDERS)
    if command is None:
        raise _failed("no recorder is installed: apt-get install alsa-utils, or give --file")
    recorder = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=sys.stderr)
    try:
        yield recorder
    finally:
        recorder.terminate()
        recorder.wait(5)


def _first_installed(commands: tuple[list[str], ...]) -> list[str] | None:
    return next((command for command in commands if shutil.which(command[0])), None)


def _failed(reason: str) -> typer.Exit:
    typer.echo(f"linyu: {reason}", err=True)
    return typer.Exit(1)
