"""A stand-in of an OpenID Connect provider on loopback, for the real Streamlit and Authlib to talk to.

It speaks the protocol: discovery, the authorization code flow with state, nonce and PKCE, ID tokens signed with RS256
and checked against /jwks, and sign-out by redirect. It is not a provider: it asks nobody anything but vouches for
whoever the test says (or says that they turned back), knows one client and its redirect addresses, remembers no
session, answers no /userinfo, and its key is gone with the process.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import socket
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT_ID = "pentagram"
CLIENT_SECRET = "known to the stand-in and to its one client"
TOKEN_SECONDS = 300


class Refused(Exception):
    """What the provider says no with; the client reads it."""

    def __init__(self, error: str, status: int = 400) -> None:
        super().__init__(error)
        self.answer = JSONResponse({"error": error}, status)


@dataclass(frozen=True)
class Grant:
    """What a code stands for until it is spent."""

    claims: dict[str, Any]
    asked: dict[str, str]


class IdentityProvider:
    """`with IdentityProvider(redirect_uri) as provider:` listens on `provider.url`."""

    def __init__(self, *redirect_uris: str) -> None:
        self.sign_outs: list[dict[str, str]] = []
        self._redirect_uris = redirect_uris
        self._person: dict[str, Any] | None = None
        self._grants: dict[str, Grant] = {}
        self._key = RSAKey.generate_key(2048, {"kid": "stand-in", "use": "sig", "alg": "RS256"})
        # Listens before the thread runs, so that nobody has to wait for the server to be up.
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._server = uvicorn.Server(
            uvicorn.Config(
                self._app(), lifespan="off", ws="none", log_config=None, access_log=False, timeout_graceful_shutdown=1
            )
        )
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)

    def __enter__(self) -> IdentityProvider:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()

    @property
    def metadata_url(self) -> str:
        return f"{self.url}/.well-known/openid-configuration"

    def vouch_for(self, subject: str, **claims: Any) -> None:
        """Whoever is sent here from now on is this person."""
        self._person = {"sub": subject, **claims}

    def turn_back(self) -> None:
        """Whoever is sent here from now on does not want to be known."""
        self._person = None

    def forget(self) -> None:
        """Who was here and who is to be vouched for."""
        self.sign_outs.clear()
        self._person = None

    def _app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._configuration),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
                Route("/jwks", self._jwks),
                Route("/end_session", self._end_session),
            ],
            exception_handlers={Refused: _refusal},
        )

    async def _configuration(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/jwks",
                "end_session_endpoint": f"{self.url}/end_session",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        # Nobody is sent to an address that the provider was not told: it would be handed the code.
        if asked.get("client_id") != CLIENT_ID or asked.get("redirect_uri") not in self._redirect_uris:
            raise Refused("invalid_request")
        if asked.get("response_type") != "code" or "openid" not in asked.get("scope", "").split():
            raise Refused("unsupported_response_type")
        return _redirect(asked["redirect_uri"], state=asked.get("state", ""), **self._decision(asked))

    def _decision(self, asked: dict[str, str]) -> dict[str, str]:
        if self._person is None:
            return {"error": "access_denied"}
        code = secrets.token_urlsafe(16)
        self._grants[code] = Grant(self._person, asked)
        return {"code": code}

    async def _token(self, request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        _check_client(request, form)
        grant = self._grants.pop(form.get("code", ""), None)
        if grant is None or form.get("redirect_uri") != grant.asked["redirect_uri"] or not _proves_key(form, grant):
            raise Refused("invalid_grant")
        return JSONResponse(
            {
                "access_token": secrets.token_urlsafe(16),
                "token_type": "Bearer",
                "expires_in": TOKEN_SECONDS,
                "id_token": self._id_token(grant),
            }
        )

    def _id_token(self, grant: Grant) -> str:
        now = int(time.time())
        times = {"iat": now, "exp": now + TOKEN_SECONDS}
        nonce = {"nonce": grant.asked["nonce"]} if "nonce" in grant.asked else {}
        claims = {"iss": self.url, "aud": CLIENT_ID, **times, **nonce, **grant.claims}
        return jwt.encode({"alg": "RS256", "kid": "stand-in"}, claims, self._key)

    async def _jwks(self, _: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def _end_session(self, request: Request) -> Response:
        asked = dict(request.query_params)
        if asked.get("post_logout_redirect_uri") not in self._redirect_uris:
            raise Refused("invalid_request")
        self.sign_outs.append(asked)
        return RedirectResponse(asked["post_logout_redirect_uri"], 302)


def _redirect(address: str, **query: str) -> Response:
    return RedirectResponse(f"{address}?{urlencode(query)}", 302)


def _check_client(request: Request, form: dict[str, str]) -> None:
    scheme, _, word = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        name, _, secret = base64.b64decode(word).decode().partition(":")
        given = unquote_plus(name), unquote_plus(secret)
    else:
        given = form.get("client_id", ""), form.get("client_secret", "")
    if given[0] != CLIENT_ID or not hmac.compare_digest(given[1], CLIENT_SECRET):
        raise Refused("invalid_client", 401)


def _proves_key(form: dict[str, str], grant: Grant) -> bool:
    """Whether it is the one that asked for the code (PKCE); true for a client that announced no proof."""
    announced = grant.asked.get("code_challenge")
    if announced is None:
        return True
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == announced


async def _refusal(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return error.answer
