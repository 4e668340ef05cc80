"""Fakes: small, honest stand-ins that record what they got."""

import asyncio
import io
import secrets
import wave
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, File, Header, Request, UploadFile, WebSocket
from fastapi.responses import JSONResponse, Response

from tests.fake_voice import SPEECH_HZ, FakeVoice, Told, serve_line, speech_of

Json = dict[str, Any]

PHOTO = File()
GREETINGS = {
    "zh": "您好，我是邻语，大冶街道的自动助手。想找真人，随时说“人工”。",
    "en": "Hello, I am Linyu, the automatic assistant of Daye Subdistrict. For a human, say “I want a person”.",
}


def reply(text: str, **parts: Any) -> Json:
    return {"text": text, "spoken": text, "buttons": [], "sources": [], "card": None} | parts


def buttons(*titles: str) -> list[Json]:
    return [{"title": title, "payload": title} for title in titles]


def turn(goal: str, *replies: Json, form: str | None = None, awaiting: str | None = None) -> Json:
    """A turn without its id, which the office gives."""
    state = {"form": form, "awaiting": awaiting}
    return {"goal": goal, "confidence": 0.97, "heard": None, "replies": list(replies), "state": state}


SCRIPT: dict[str, Json] = {
    "到2025年养老床位有多少？": turn(
        "ask_policy",
        reply(
            "到2025年，养老服务床位要增加到450张，每千名老人15张。",
            sources=[{"title": "总体目标", "section": "3.1"}, {"title": "阶段目标", "section": "3.3"}],
        ),
    ),
    "How many elderly care beds by 2025?": turn(
        "ask_policy",
        reply(
            "By 2025 there are to be 450 beds for elderly care, 15 for every thousand elderly residents.",
            sources=[{"title": "Overall goal", "section": "3.1"}],
        ),
    ),
    "帮我订一份明天中午的饭": turn(
        "book_service",
        reply(
            "我念一遍，您听对不对：助餐一份，5月13日（星期二）中午11点30分，东风社区助餐点。要这样订吗？",
            buttons=buttons("对", "不对", "取消"),
        ),
        form="book_service",
        awaiting="confirmation",
    ),
    "Book a meal for tomorrow noon": turn(
        "book_service",
        reply("One meal, Tuesday 13 May, 11:30, Dongfeng community. Shall I book it?", buttons=buttons("Yes", "No")),
        form="book_service",
        awaiting="confirmation",
    ),
    "东风社区的路灯不亮了": turn(
        "file_complaint",
        reply("记下了：东风社区路灯不亮。请问在哪条路、靠近几栋？", buttons=buttons("说不清楚", "取消")),
        form="file_complaint",
        awaiting="place",
    ),
    "The street lamp in Dongfeng community is dark": turn(
        "file_complaint",
        reply("Noted: a dark street lamp in Dongfeng. Which road is it on?", buttons=buttons("I am not sure")),
        form="file_complaint",
        awaiting="place",
    ),
    "胸口疼": turn("emergency", reply("请马上拨打120。如果身边有人，请他帮您打。", buttons=buttons("人工"))),
}
BOOKED = {
    "kind": "booking",
    "number": "B7K3-92QX",
    "title": "助餐（示例）",
    "when": "5月13日（星期二）中午11点30分",
    "place": "东风社区助餐点",
    "party": "1份",
    "service": "meal",
    "state": "confirmed",
    "state_words": "已预约",
}
BOOKED_IN_ENGLISH = BOOKED | {
    "title": "Meal (example)",
    "when": "Tuesday 13 May 11:30 am",
    "place": "Dongfeng community meal point",
    "party": "1 meal",
    "state_words": "booked",
}
FILED = {
    "kind": "case",
    "number": "C4M8-17TR",
    "title": "公共设施",
    "category": "public_facility",
    "place": "东风社区，金山路3栋旁",
    "state": "filed",
    "state_words": "已登记",
    "respond_by": "5月13日（星期二）下午3点",
    "settle_by": "5月15日（星期四）下午3点",
}
HANDOVER = {"kind": "handover", "number": "H2P5-60WD"}
SCRIPT["匿名"] = turn("inform", reply("已经匿名登记。", card=FILED | {"check_code": "4821"}))
SCRIPT["对"] = turn("affirm", reply("订好了。编号请记一下。", card=BOOKED))
SCRIPT["Yes"] = turn("affirm", reply("It is booked. Please note the number.", card=BOOKED_IN_ENGLISH))
SCRIPT["金山路3栋旁"] = turn("inform", reply("登记好了。编号请记一下。", card=FILED))
for wish, done in {
    "人工": "已为您登记，工作人员会给您回电话。",
    "I want a person": "Noted. Our staff will call you back.",
}.items():
    SCRIPT[wish] = turn("human_agent", reply(done, card=HANDOVER))


@dataclass
class Conversation:
    token: str
    turns: list[Json] = field(default_factory=list)
    by_message: dict[str, Json] = field(default_factory=dict)


@dataclass
class FakeOffice:
    """What the API remembers, and what goes wrong when a test says so."""

    conversations: dict[str, Conversation] = field(default_factory=dict)
    tries: list[tuple[str, str]] = field(default_factory=list)
    """Every try to send: id and words, also the failed ones."""
    handled: list[str] = field(default_factory=list)
    """Words that were really acted on."""
    ratings: list[tuple[int, str]] = field(default_factory=list)
    opinions: dict[str, bool] = field(default_factory=dict)
    """By turn, whether its answer was of use."""
    next_questions: list[str] = field(default_factory=list)
    """What may be asked after any answer."""
    photos: list[bytes] = field(default_factory=list)
    tokens_seen: set[str] = field(default_factory=set)
    unavailable: int = 0
    """So many next messages get 503 before anything is done."""
    answers_lost: int = 0
    """So many next messages are acted on, and then the answer gets lost as a 503."""
    too_fast: int = 0
    """So many next messages get 429."""
    slow_seconds: float = 0.0
    staff_hours: str = "Mon-Fri 08:30-17:30"
    operator_phone: str = "0714-0000000"
    on_duty: bool | None = True
    days_audio_kept: int = 0
    kiosk_silence_seconds: float = 45
    kiosk_warning_seconds: float = 15
    arrivals: dict[str, Json] | None = None
    """By number, what the hall's screen is told; None where it does not stand in the hall."""
    checked_in: list[str] = field(default_factory=list)
    positions: list[Json] = field(default_factory=list)
    push_key: str = ""
    news: list[Json] = field(default_factory=list)
    """Devices that agreed to be told; an empty one where it was taken back."""
    voice: FakeVoice = field(default_factory=FakeVoice)
    lines: dict[str, Told] = field(default_factory=dict)
    """What was said over the voice line of each conversation."""

    def add_notice(self, text: str) -> None:
        """A turn that nobody asked for, such as an answer to a case."""
        for conversation in self.conversations.values():
            conversation.turns.append(
                {**turn("check_case", reply(text)), "turn_id": f"notice-{secrets.token_hex(4)}", "text": ""}
            )

    def answer(self, conversation: Conversation, text: str, message_id: str, confidence: float | None = None) -> Json:
        """The scripted turn. A confidence is given when the words were heard."""
        if message_id not in conversation.by_message:
            self.handled.append(text)
            scripted = SCRIPT.get(text) or turn("out_of_scope", reply(f"您说的是：{text}"))
            heard = None if confidence is None else {"text": text, "confidence": confidence}
            made = {**scripted, "turn_id": secrets.token_hex(8), "heard": heard}
            conversation.turns.append({**made, "text": text})
            conversation.by_message[message_id] = made
        return conversation.by_message[message_id]


def problem(status: int, code: str, detail: str, **headers: str) -> JSONResponse:
    body = {"type": "about:blank", "title": code, "status": status, "detail": detail, "code": code}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def wav(pcm: bytes) -> bytes:
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SPEECH_HZ)
        file.writeframes(pcm)
    return written.getvalue()


def create_fake_api() -> FastAPI:
    """The public contract with scripted replies. `app.state.office` is its FakeOffice."""
    app = FastAPI()
    office = app.state.office = FakeOffice()

    def mine(conversation_id: str, authorization: str) -> Conversation | None:
        conversation = office.conversations.get(conversation_id)
        token = authorization.removeprefix("Bearer ")
        office.tokens_seen.add(token)
        return conversation if conversation and secrets.compare_digest(conversation.token, token) else None

    def not_found() -> JSONResponse:
        return problem(404, "not-found", "没有找到这个对话。")

    @app.get("/api/v1/config")
    async def config() -> Json:
        return {
            "staff_hours": office.staff_hours,
            "operator_phone": office.operator_phone,
            "on_duty": office.on_duty,
            "announcement": {},
            "assistant_off": False,
            "version": "0",
            "keeps_audio": office.days_audio_kept > 0,
            "keeps_audio_days": office.days_audio_kept,
            "kiosk_silence_seconds": office.kiosk_silence_seconds,
            "kiosk_warning_seconds": office.kiosk_warning_seconds,
            "push_key": office.push_key,
        }

    @app.post("/api/v1/conversations", status_code=201)
    async def start(request: Request) -> Json:
        wanted = await request.json()
        conversation_id = secrets.token_hex(8)
        office.conversations[conversation_id] = Conversation(secrets.token_urlsafe(16))
        return {
            "conversation_id": conversation_id,
            "token": office.conversations[conversation_id].token,
            "replies": [reply(GREETINGS[wanted["language"] or "zh"])],
        }

    @app.post("/api/v1/conversations/{conversation_id}/turns/{turn_id}/opinion")
    async def opinion(turn_id: str, request: Request) -> Json:
        office.opinions[turn_id] = (await request.json())["helped"]
        return {"kept": True}

    @app.put("/api/v1/conversations/{conversation_id}/position", status_code=204)
    async def position(conversation_id: str, request: Request) -> None:
        office.positions.append(await request.json())

    @app.post("/api/v1/conversations/{conversation_id}/arrival")
    async def arrival(conversation_id: str, request: Request) -> Response:
        body = await request.json()
        if office.arrivals is None:
            return problem(403, "forbidden", "")
        if body["number"] not in office.arrivals:
            return problem(404, "not-found", "")
        if body["there"]:
            office.checked_in.append(body["number"])
        return JSONResponse(office.arrivals[body["number"]])

    @app.put("/api/v1/conversations/{conversation_id}/push", status_code=204)
    async def agree(conversation_id: str, request: Request) -> None:
        office.news.append(await request.json())

    @app.delete("/api/v1/conversations/{conversation_id}/push", status_code=204)
    async def take_back(conversation_id: str) -> None:
        office.news.append({})

    @app.get("/api/v1/conversations/{conversation_id}/turns/{turn_id}/next")
    async def next_questions(turn_id: str) -> Json:
        return {"questions": office.next_questions}

    @app.get("/api/v1/conversations/{conversation_id}/messages")
    async def turns(conversation_id: str, authorization: str = Header("")) -> Response:
        conversation = mine(conversation_id, authorization)
        return JSONResponse({"turns": conversation.turns}) if conversation else not_found()

    @app.post("/api/v1/conversations/{conversation_id}/messages")
    async def send(conversation_id: str, request: Request, authorization: str = Header("")) -> Response:
        conversation = mine(conversation_id, authorization)
        if conversation is None:
            return not_found()
        sent = await request.json()
        text, message_id = sent["text"], sent["client_message_id"]
        office.tries.append((message_id, text))
        await asyncio.sleep(office.slow_seconds)
        if office.too_fast > 0:
            office.too_fast -= 1
            return problem(429, "too-many-requests", "您说得有点快，请稍等。", **{"Retry-After": "2"})
        if office.unavailable > 0:
            office.unavailable -= 1
            return problem(503, "dialogue-unavailable", "请稍等。")
        if len(text) > 2000:
            return problem(422, "text-too-long", "一次最多2000个字。")
        if text == "坏消息":
            return problem(422, "not-acceptable", "这句话我收不了。")
        answered = office.answer(conversation, text, message_id)
        if office.answers_lost > 0:
            office.answers_lost -= 1
            return problem(503, "dialogue-unavailable", "请稍等。")
        return JSONResponse(answered)

    @app.post("/api/v1/conversations/{conversation_id}/rating")
    async def rate(conversation_id: str, request: Request, authorization: str = Header("")) -> Response:
        if mine(conversation_id, authorization) is None:
            return not_found()
        given = await request.json()
        office.ratings.append((given["score"], given["comment"]))
        return JSONResponse({"rated": True})

    @app.post("/api/v1/conversations/{conversation_id}/photo")
    async def photo(conversation_id: str, authorization: str = Header(""), photo: UploadFile = PHOTO) -> Response:
        if mine(conversation_id, authorization) is None:
            return not_found()
        content = await photo.read()
        if not content.startswith((b"\xff\xd8", b"\x89PNG", b"RIFF")):
            return problem(422, "bad-photo", "这张照片打不开，请换一张。")
        office.photos.append(content)
        return JSONResponse({"kept": True}, 201)

    @app.post("/api/v1/conversations/{conversation_id}/ticket")
    async def ticket(conversation_id: str, authorization: str = Header("")) -> Response:
        if mine(conversation_id, authorization) is None:
            return not_found()
        return JSONResponse({"ticket": office.voice.ticket(conversation_id)})

    @app.websocket("/api/v1/conversations/{conversation_id}/stream")
    async def stream(socket: WebSocket, conversation_id: str, ticket: str = "") -> None:
        await serve_line(office, conversation_id, ticket, socket)

    @app.get("/api/v1/conversations/{conversation_id}/turns/{turn_id}/speech")
    async def speech(conversation_id: str, turn_id: str, ticket: str = "") -> Response:
        if office.voice.tickets.pop(ticket, "") != conversation_id:
            return not_found()
        told = [turn for turn in office.conversations[conversation_id].turns if turn["turn_id"] == turn_id]
        if not told:
            return not_found()
        if office.voice.is_mute:
            return problem(503, "voice-failed", "现在读不出声音，请看屏幕上的文字。")
        office.voice.files_fetched.append(turn_id)
        return Response(wav(speech_of(told[0])), media_type="audio/wav")

    @app.put("/api/v1/conversations/{conversation_id}/manner")
    async def manner(conversation_id: str, request: Request, authorization: str = Header("")) -> Response:
        if mine(conversation_id, authorization) is None:
            return not_found()
        office.voice.manner(conversation_id).update(await request.json())
        return JSONResponse(office.voice.manner(conversation_id))

    return app
