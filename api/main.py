"""The web application: the resident's page and API, health, and (with later issues) speech, telephone, staff."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from fastapi import Depends, FastAPI, Request
from starlette.middleware.trustedhost import TrustedHostMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api import model_watch
from api.console.frame.console import add_console
from api.http import health
from api.http.headers import AccessLog, SecurityHeaders, keep_addresses_out_of_logs
from api.http.health import LOOPBACK_NAMES
from api.http.limits import BodyLimit, Limits
from api.http.problems import add_handlers
from api.http.shared_memory import SharedMemory
from api.http.shared_redis import open_redis
from api.http.shared_streams import SharedStream
from api.http.tickets import Tickets
from api.parts import Parts
from api.plain_requests import PlainRequests
from api.public import frame as public
from api.speech_parts import SpeechParts
from api.telephone import media
from api.telephone.capacity import Capacity
from api.telephone.expected_calls import ExpectedCalls
from api.telephone.opening import open_telephone
from api.telephone.providers import audiosocket_server, twilio_webhook
from api.voice.places import Places
from api.watch import StoreWatch
from api.webchat import audio, opinions, page, routes, stream, widget
from api.webchat import speech as speech_routes
from api.webchat.streams import Streams
from bot import state_folder, wiring
from bot.dialogue.admission.locks import ConversationLocks
from bot.dialogue.answers import AnswerReader
from bot.dialogue.dialogue import Dialogue
from bot.dialogue.rasa_client import RasaClient
from bot.dialogue.responses import Responses
from bot.errors import StoreUnavailable
from bot.language import entities
from bot.language.words import catalogue
from bot.services.knowledge.next_questions import NextQuestions
from bot.settings import ROOT, VERSION, Settings
from bot.speech.interface import Voice
from bot.speech.stt.ears import Ears
from bot.speech.stt.hearing import LocalEars
from bot.store.store import Store


def create_app(
    settings: Settings | None = None,
    *,
    store: Store | None = None,
    rasa: RasaClient | None = None,
    ears: Ears | None = None,
    voice: Voice | None = None,
    clock: Callable[[], datetime] = wiring.now,
) -> FastAPI:
    """Real parts unless a test gives others."""
    settings = settings or wiring.settings()
    token = state_folder.token(settings)
    words = Responses(ROOT / "domain.yml")
    store = store or wiring.store()
    rasa = rasa or RasaClient(settings.rasa_address, token, timeout_seconds=settings.reply_timeout_seconds)
    answers = AnswerReader(wiring.answer_model)
    dialogue = Dialogue(
        store,
        rasa,
        words,
        clock=clock,
        patience_seconds=settings.reply_timeout_seconds,
        staff_hours=settings.staff_hours,
        danger=wiring.danger_reader(settings.encoder_name),
        answers=answers,
        locks=ConversationLocks(settings.redis_url, patience_seconds=settings.reply_timeout_seconds),
    )
    limits = Limits(settings)
    speech = SpeechParts(
        lambda: LocalEars(ears) if ears else wiring.hearing(),
        lambda: voice or wiring.voice(),
        Places(settings.listeners, settings.places_for_telephone, settings.listeners_per_address),
    )
    redis = open_redis(settings.redis_url)
    notes = SharedMemory(redis, store.keys)
    ears_of = f"{socket.gethostname()}:{settings.speech_folder.resolve()}"
    streams = Streams(shared=lambda conversation_id: SharedStream(conversation_id, redis, store.keys))
    capacity = Capacity(settings.calls_served, redis, ears_of)
    watch = StoreWatch(store, clock)

    async def limit_requests(request: Request) -> None:
        await limits.request(request)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
        keep_addresses_out_of_logs()
        warming = asyncio.create_task(speech.warm_up())
        watching = asyncio.create_task(watch.run())
        await asyncio.to_thread(catalogue)
        await asyncio.to_thread(entities.warm_up, clock())
        with suppress(StoreUnavailable):  # then those of the files read, until a model is activated or we start anew
            dialogue.read_with(*await asyncio.to_thread(wiring.readers_in_force, store, settings))
        await asyncio.to_thread(answers.warm_up)  # else the first turns spend their patience on it
        following = asyncio.create_task(model_watch.follow(app.state.parts))
        async with open_telephone(app.state.parts), audiosocket_server.listen(app.state.parts):
            yield
        warming.cancel()
        watching.cancel()
        following.cancel()
        await asyncio.gather(warming, watching, following, return_exceptions=True)
        await streams.close(settings.reply_timeout_seconds if app.state.parts.drain.has_begun else 0.0)
        await speech.close()
        await rasa.close()
        await dialogue.locks.close()
        await limits.close()
        await notes.close()
        await app.state.parts.neighbours.aclose()

    app = FastAPI(
        title="Linyu 邻语",
        version=VERSION,
        description="The residents' assistant of 大冶街道.",
        lifespan=lifespan,
        docs_url=None,
        redirect_slashes=False,  # it would lead to whatever host the request names
        redoc_url=None,
    )
    app.state.parts = Parts(
        settings,
        store,
        rasa,
        dialogue,
        words,
        limits,
        Tickets(token, notes),
        clock,
        speech,
        streams,
        capacity,
        watch,
        NextQuestions(store),
        ExpectedCalls(notes),
    )
    app.include_router(health.router)
    app.include_router(routes.router, dependencies=[Depends(limit_requests)])
    app.include_router(routes.unlimited)
    app.include_router(opinions.router, dependencies=[Depends(limit_requests)])
    app.include_router(audio.router, dependencies=[Depends(limit_requests)])
    app.include_router(speech_routes.router, dependencies=[Depends(limit_requests)])
    app.include_router(stream.router)
    app.include_router(page.router)
    app.include_router(widget.router, dependencies=[Depends(limit_requests)])
    for router in public.routers():
        app.include_router(router, dependencies=[Depends(limit_requests)])
    app.include_router(media.router)
    app.include_router(audiosocket_server.router)
    app.include_router(twilio_webhook.router)
    add_handlers(app, words)
    add_console(app, Depends(limit_requests))
    app.add_middleware(BodyLimit, too_large=words.reply("utter_too_long", "zh").text)
    app.add_middleware(PlainRequests, sorry=words.reply("utter_sorry", "zh").text)
    if hosts := [host.strip() for host in settings.allowed_hosts.split(",") if host.strip()]:
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*hosts, *LOOPBACK_NAMES], www_redirect=False)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(AccessLog)
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=settings.proxies)
    return app
