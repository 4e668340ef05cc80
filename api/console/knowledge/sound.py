"""A page as residents will hear it: the voice itself reads what an editor wrote for the ear."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response

from api.console.frame.session import needs
from api.parts import Parts, WithParts
from api.voice.spoken_replies import sound_file
from bot.errors import NotFound
from bot.services.knowledge import page_versions
from bot.services.pages.knowledge import Page
from bot.services.staff.staff_sessions import Signed
from bot.speech.interface import Manner
from bot.turns import Language, Reply

router = APIRouter(prefix="/staff/knowledge", include_in_schema=False)
Reads = Annotated[Signed, Depends(needs("knowledge.read"))]
RATE_HZ = 24000


@router.get("/{page_id}/speech")
async def live_aloud(request: Request, parts: WithParts, signed: Reads, page_id: str, language: Language) -> Response:
    live = await parts.in_store(page_versions.live_page, page_id)
    if live is None:
        raise NotFound
    return await _aloud(request, parts, live, language)


@router.get("/{page_id}/versions/{number}/speech")
async def version_aloud(
    request: Request,
    parts: WithParts,
    signed: Reads,
    page_id: str,
    number: Annotated[int, Path(ge=0, le=2**31 - 1)],
    language: Language,
) -> Response:
    version = await parts.in_store(page_versions.version, page_id, number)
    return await _aloud(request, parts, version.page, language)


async def _aloud(request: Request, parts: Parts, page: Page, language: Language) -> Response:
    reply = Reply(text=page.text[language], spoken=page.spoken[language])
    manner = Manner(language, parts.settings.voice_gender, 1.0, 1.0)
    wav = await sound_file(parts.speech.voice(), [reply], manner, RATE_HZ, request.is_disconnected)
    return Response(wav, media_type="audio/wav", headers={"Cache-Control": "no-store"})
