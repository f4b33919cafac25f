"""HTTP beside Streamlit. Every screen works without these; they are for browsers, programs and other sites."""

from starlette.middleware import Middleware
from starlette.routing import Route

from routes.headers import SecurityHeaders
from routes.health import healthz, readyz
from routes.pictures import picture
from routes.share import share_page

ROUTES = [
    Route("/healthz", healthz),
    Route("/readyz", readyz),
    Route("/i/{key:path}", picture),
    Route("/p/{post_id}", share_page),
]
MIDDLEWARE = [Middleware(SecurityHeaders)]
