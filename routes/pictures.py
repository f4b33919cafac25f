"""Pictures kept on disk, by content-addressed key: public ones for everybody, others with a signed link."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from services import bootstrap
from services.bootstrap import Pentagram
from services.errors import NotFound, Unavailable
from services.platform.storage.base import checked_key, content_type

YEAR = 31_536_000
SIGNED_SECONDS = 600


def picture(request: Request) -> Response:
    key = request.path_params["key"]
    house = bootstrap.pentagram()
    try:
        checked_key(key)
        caching = _caching(house, key, request)
        if _is_fresh(request, key):
            return Response(status_code=304, headers={"etag": _etag(key), "cache-control": caching})
        data = house.storage.get(key)
    except NotFound:
        return PlainTextResponse("There is no such picture.", status_code=404)
    except Unavailable:
        return PlainTextResponse("The picture store does not answer. Try again shortly.", status_code=503)
    headers = {"etag": _etag(key), "cache-control": caching}
    return Response(data, media_type=content_type(key), headers=headers)


def _caching(house: Pentagram, key: str, request: Request) -> str:
    """How long the answer may be kept; `NotFound` hides a private picture from those without a link."""
    query = request.query_params
    if house.signer.is_valid(key, query.get("e", ""), query.get("s", "")):
        return f"private, max-age={SIGNED_SECONDS}, immutable"
    if house.posts.picture_is_public(key):
        return f"public, max-age={YEAR}, immutable"
    raise NotFound("There is no such picture.")


def _etag(key: str) -> str:
    return f'"{key.rsplit("/", 1)[1].split(".", maxsplit=1)[0][:32]}"'


def _is_fresh(request: Request, key: str) -> bool:
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    return _etag(key) in known or "*" in known
