"""HTTP beside Streamlit. Every screen works without these; they are for browsers, programs and other sites."""

from starlette.middleware import Middleware
from starlette.routing import Route

from routes.atom import of_person, of_tag
from routes.embed import embed, oembed
from routes.errors import ErrorBoundary
from routes.headers import SecurityHeaders
from routes.health import healthz, readyz
from routes.pictures import picture
from routes.share import share_page

ROUTES = [
    Route("/healthz", healthz),
    Route("/readyz", readyz),
    Route("/i/{key:path}", picture),
    Route("/p/{post_id}", share_page),
    Route("/embed/{post_id}", embed),
    Route("/oembed", oembed),
    Route("/u/{name}.atom", of_person),
    Route("/tag/{tag}.atom", of_tag),
]
# The boundary within the headers, so that its answers carry them too.
MIDDLEWARE = [Middleware(SecurityHeaders), Middleware(ErrorBoundary)]


def routes_below(prefix: str | None) -> list[Route]:
    """At the root, where probes ask, and where Streamlit's `server.baseUrlPath` puts every page."""
    folder = (prefix or "").strip("/")
    return ROUTES + [Route(f"/{folder}{route.path}", route.endpoint) for route in ROUTES if folder]
