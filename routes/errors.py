"""What went wrong behind a route, as an answer: a sentence, or for what nobody foresaw a number and the log."""

from __future__ import annotations

import logging
import secrets

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.errors import Unavailable, UserError

log = logging.getLogger(__name__)
RETRY_AFTER_SECONDS = 5


class ErrorBoundary:
    """Stands round every route, so that none of them ever answers with a stack trace."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        begun = False

        async def send_and_remember(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_and_remember)
        except Exception as error:
            if begun:
                raise
            await _answer(error)(scope, receive, send)


def _answer(error: Exception) -> PlainTextResponse:
    if isinstance(error, UserError):
        return PlainTextResponse(str(error), error.status)
    if isinstance(error, Unavailable):
        log.warning("%s", error)
        text = "The house does not answer at the moment. Try again shortly."
        return PlainTextResponse(text, 503, {"retry-after": str(RETRY_AFTER_SECONDS)})
    incident = secrets.token_hex(4)
    log.error("Incident %s", incident, exc_info=error)
    return PlainTextResponse(f"Something went wrong here (incident {incident}). If it stays, tell us that number.", 500)
