"""Pictures by content-addressed key: public ones for everybody, others with a signed link."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from services import bootstrap
from services.bootstrap import Pentagram
from services.errors import NotFound
from services.platform.storage.base import checked_key, content_type
from services.platform.storage.disk import LINK_SECONDS

# The file never changes, but a post that is taken back or removed has to leave shared caches some day soon.
PUBLIC_SECONDS = 24 * 60 * 60


def picture(request: Request) -> Response:
    key = checked_key(request.path_params["key"])
    house = bootstrap.pentagram()
    headers = {"cache-control": _caching(house, key, request), "etag": _etag(key)}
    if _is_known(headers["etag"], request):
        return Response(status_code=304, headers=headers)
    return Response(house.storage.get(key), media_type=content_type(key), headers=headers)


def _caching(house: Pentagram, key: str, request: Request) -> str:
    """How long the answer may be kept; `NotFound` hides a private picture from those without a link."""
    expires, signature = request.query_params.get("e", ""), request.query_params.get("s", "")
    if house.signer.is_valid(key, expires, signature) and not _is_withdrawn(house, key, expires):
        seconds = int(int(expires) - house.clock.now().timestamp())
        return f"private, max-age={seconds}, immutable"
    if house.posts.picture_is_public(key):
        return f"public, max-age={PUBLIC_SECONDS}, immutable"
    raise NotFound("There is no such picture.")


def _is_withdrawn(house: Pentagram, key: str, expires: str) -> bool:
    """Whether a moderator took it down since this link was made: only whose it is, and moderators, get newer ones."""
    withdrawn_at = house.posts.withdrawn_at(key)
    return withdrawn_at is not None and withdrawn_at.timestamp() > house.signer.made_after(expires, LINK_SECONDS)


def _etag(key: str) -> str:
    return f'"{key.rsplit("/", 1)[1].split(".", maxsplit=1)[0][:32]}"'


def _is_known(etag: str, request: Request) -> bool:
    known = ",".join(request.headers.getlist("if-none-match")).split(",")
    return any(tag.strip().removeprefix("W/") in {etag, "*"} for tag in known)
