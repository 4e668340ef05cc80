"""The action server: Rasa's action protocol, one POST /webhook, on loopback and with our token.

Served by FastAPI around rasa_sdk's executor (docs/adr/0004-action-server.md).
"""

import asyncio
import hmac
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from bot import state_folder, wiring
from bot.language import entities, words

logger = logging.getLogger(__name__)


def create_app() -> FastAPI:
    executor = ActionExecutor()
    executor.register_package("actions")
    executor.domain = {}
    token = state_folder.token(wiring.settings())

    def guard(request: Request) -> None:
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            raise HTTPException(403)

    @asynccontextmanager
    async def warm_up(_app: FastAPI) -> AsyncIterator[None]:
        logging.basicConfig(level=wiring.settings().log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
        logging.getLogger("rasa_sdk").setLevel(logging.WARNING)  # it would log slot values
        for loaded in (words.catalogue, wiring.knowledge, wiring.items, wiring.guides, wiring.trades):
            await asyncio.to_thread(loaded)
        await asyncio.to_thread(wiring.knowledge().learn_fits)
        await asyncio.to_thread(entities.warm_up, wiring.now())
        yield

    app = FastAPI(lifespan=warm_up, openapi_url=None)

    @app.post("/webhook", dependencies=[Depends(guard)])
    def webhook(call: dict[str, Any]) -> JSONResponse:
        """Run one action in a worker thread, so that the database never blocks other turns."""
        call["domain"] = {"-": "actions read no domain"}
        try:
            return JSONResponse(asyncio.run(_run(executor, call)))
        except ActionExecutionRejection as rejection:
            return JSONResponse({"error": str(rejection), "action_name": rejection.action_name}, status_code=400)
        except ActionNotFoundException as missing:
            return JSONResponse({"error": str(missing), "action_name": missing.action_name}, status_code=404)
        except Exception as error:
            place = error.__traceback__
            while place and place.tb_next:
                place = place.tb_next
            line = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
            logger.error("action %s failed: %s at %s", call.get("next_action"), type(error).__name__, line)
            return JSONResponse({"error": type(error).__name__}, status_code=500)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        wiring.store().ping()
        return {"status": "ok"}

    return app


async def _run(executor: ActionExecutor, call: dict[str, Any]) -> dict[str, Any]:
    result = await executor.run(call)
    return result.model_dump() if result else {}
