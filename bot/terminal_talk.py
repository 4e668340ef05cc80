"""`linyu hear` and `linyu talk`: the ears and the whole conversation, from a terminal."""

import asyncio
import shutil
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot import state_folder, wiring
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.domain_words import DomainWords
from bot.dialogue.rasa_client import RasaClient
from bot.errors import AssistantError
from bot.services import conversations
from bot.settings import ROOT
from bot.speech.ears import EarSession, Final, GaveUp, Partial, StillThere
from bot.speech.interface import EARS_HZ, Manner
from bot.speech.wav import read_wav
from bot.turns import Language, Reply

RECORDERS = (
    ["parec", "--raw", "--format=s16le", f"--rate={EARS_HZ}", "--channels=1"],
    ["arecord", "--quiet", "--file-type=raw", "--format=S16_LE", f"--rate={EARS_HZ}", "--channels=1"],
)
PLAYERS = (
    ["paplay", "--raw", "--format=s16le", f"--rate={EARS_HZ}", "--channels=1"],
    ["aplay", "--quiet", "--file-type=raw", "--format=S16_LE", f"--rate={EARS_HZ}", "--channels=1"],
)
PIECE = EARS_HZ // 5
"""Bytes: a tenth of a second."""
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
    try:
        asyncio.run(_Talk(language).run(file))
    except AssistantError as error:
        raise _failed(f"the conversation ended ({error.code}); is `linyu serve` running?") from None
    except OSError as error:
        raise _failed(f"the file cannot be read ({type(error).__name__})") from None
    except KeyboardInterrupt:
        typer.echo("")


class _Talk:
    """One conversation. While the assistant speaks, the microphone is not listened to."""

    def __init__(self, language: Language) -> None:
        settings = wiring.settings()
        self.language: Language = language
        self.words = DomainWords(ROOT / "domain.yml")
        self.rasa = RasaClient(
            f"http://127.0.0.1:{settings.rasa_port}",
            state_folder.token(settings),
            timeout_seconds=settings.reply_timeout_seconds,
        )
        self.dialogue = Dialogue(
            wiring.store(), self.rasa, self.words, clock=wiring.now, patience_seconds=settings.reply_timeout_seconds
        )
        self.voice = wiring.new_voice()
        self.player = _first_installed(PLAYERS)

    async def run(self, file: Path | None) -> None:
        opened = conversations.open_conversation(
            wiring.store(), channel="terminal", language=self.language, now=wiring.now()
        )
        try:
            await self.voice.start()
            ears = await asyncio.to_thread(wiring.ears)
            await self._say(self.words.reply("utter_welcome", self.language))
            session = ears.listen(EARS_HZ, self.language, None, hands_free=True)
            try:
                async for piece in _sound(file):
                    if not await self._listen(session, piece, opened.id):
                        return
            finally:
                session.close()
        finally:
            await self.voice.close()
            await self.rasa.close()

    async def _listen(self, session: EarSession, piece: bytes, conversation_id: str) -> bool:
        """False when the resident has gone."""
        for event in await asyncio.to_thread(session.accept, piece):
            match event:
                case Partial():
                    typer.echo(f"\r… {event.text}", nl=False)
                case Final():
                    view = conversations.view(wiring.store(), conversation_id)
                    turn = await self.dialogue.say(view, event.utterance.text, uuid.uuid4().hex, event.utterance)
                    typer.echo(f"\r您: {event.utterance.text}")
                    session.awaiting(turn.state.awaiting, self.language)
                    for reply in turn.replies:
                        await self._say(reply)
                case StillThere():
                    await self._say(self.words.reply("utter_are_you_there", self.language))
                case GaveUp():
                    await self._say(self.words.reply("utter_silent_goodbye", self.language))
                    return False
        return True

    async def _say(self, reply: Reply) -> None:
        typer.echo(f"邻语: {reply.text}")
        if self.player is None:
            return
        manner = Manner(self.language, wiring.settings().voice_gender)
        player = await asyncio.create_subprocess_exec(*self.player, stdin=subprocess.PIPE)
        assert player.stdin
        async with aclosing(self.voice.speak(reply.spoken, manner, EARS_HZ)) as phrases:
            async for phrase in phrases:
                player.stdin.write(phrase.audio)
                await player.stdin.drain()
        player.stdin.close()
        await player.wait()


async def _sound(file: Path | None) -> AsyncIterator[bytes]:
    """16 kHz, in small pieces: the file and silence after it, or the microphone."""
    if file is not None:
        sound = read_wav(await asyncio.to_thread(file.read_bytes))
        if sound.rate_hz != EARS_HZ:
            raise _failed(f"the file must have {EARS_HZ} samples a second")
        pcm = sound.pcm + PAUSE
        for at in range(0, len(pcm), PIECE):
            yield pcm[at : at + PIECE]
        return
    with _microphone() as recorder:
        assert recorder.stdout
        while piece := await asyncio.to_thread(recorder.stdout.read, PIECE):
            yield piece


@contextmanager
def _microphone() -> Iterator[subprocess.Popen[bytes]]:
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
