"""Whether the process lives, and whether it can serve."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse

from services import bootstrap

ASKED_ANEW = {"cache-control": "no-store"}


def healthz(_: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"}, headers=ASKED_ANEW)


def readyz(_: Request) -> JSONResponse:
    parts = bootstrap.pentagram().readiness()
    ready = all(part == "ok" for part in parts.values())
    content = {"status": "ok" if ready else "unready", **parts}
    return JSONResponse(content, status_code=200 if ready else 503, headers=ASKED_ANEW)
