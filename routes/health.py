"""Whether the process lives, and whether it can serve."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse

from services import bootstrap


def healthz(_: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})


def readyz(_: Request) -> JSONResponse:
    parts = bootstrap.pentagram().readiness()
    ready = all(part == "ok" for part in parts.values())
    return JSONResponse({"status": "ok" if ready else "unready", **parts}, status_code=200 if ready else 503)
