"""A post in a frame on somebody else's page, and the answer that tells other sites how to frame it (oEmbed)."""

from __future__ import annotations

import re
from html import escape
from string import Template
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from routes import html
from services import bootstrap
from services.bootstrap import Pentagram
from services.community.posts import Post
from services.errors import NotFound, Unavailable, UserError

ANYBODY = "*"
EMBEDDED = Template("""<a class="picture" href="../post?id=$id" target="_blank" rel="noopener">$picture</a>
<div class="words">
<p class="maker"><b>$name</b> <span>@$author</span>$badge</p>
<h1>$prompt</h1>
<p class="facts">$facts · <a href="../post?id=$id" target="_blank" rel="noopener">Pentagram</a></p>
</div>""")
FRAME = Template(
    '<iframe src="$source" width="$width" height="$height" title="$title" loading="lazy" style="border:0"></iframe>'
)
USUAL_WIDTH, LEAST_WIDTH, MOST_WIDTH = 480, 240, 1024
BELOW_PIXELS = 190
"""What stands below the picture in a frame."""
OUR_PAGE = re.compile(r"/(?:p|embed)/([0-9a-f-]{36})/?$")


def embed(request: Request) -> HTMLResponse:
    house = bootstrap.pentagram()
    try:
        post = _for_all(house, request.path_params["post_id"])
    except NotFound:
        text = "It may have been taken back, or it is not for everybody."
        return html.message("There is no such post here", text, status=404, framed_by=ANYBODY)
    except Unavailable:
        text = "The house does not answer just now. Try again shortly."
        return html.message("One moment", text, status=503, framed_by=ANYBODY)
    link = html.address_of(house, post)
    words = html.escaped(
        id=str(post.id), name=post.author_display_name, author=post.author, facts=html.facts(post),
        prompt=html.short(html.words_of(post), 200),
    )  # fmt: skip
    picture = html.image(post, link, html.short(post.alt, 400)) if link else ""
    body = EMBEDDED.substitute(words, picture=picture, badge=html.badge(post))
    meta = {"robots": "noindex", "canonical": f"{html.base(request, house)}/p/{post.id}"}
    pictures_from = html.origin(link)
    return html.page(html.title_of(post), meta, body, tint=post.colour, pictures_from=pictures_from, framed_by=ANYBODY)


def oembed(request: Request) -> Response:
    """See oembed.com: `?url=` of a share page, `maxwidth` and `maxheight` as the other site has room."""
    if request.query_params.get("format", "json") != "json":
        return Response("Only JSON is spoken here.", 501)
    house = bootstrap.pentagram()
    post = _for_all(house, _id_in(request.query_params.get("url", "")))
    base = html.base(request, house)
    width, height = _room(post, request)
    told: dict[str, Any] = {
        "version": "1.0", "type": "rich", "provider_name": "Pentagram", "provider_url": f"{base}/",
        "title": html.short(html.words_of(post), 120), "author_name": post.author_display_name,
        "author_url": f"{base}/person?name={post.author}", "width": width, "height": height,
        "html": frame(base, post, width, height), "cache_age": html.KEPT_SECONDS,
    }  # fmt: skip
    return JSONResponse(told, headers={"access-control-allow-origin": ANYBODY})


def frame(base: str, post: Post, width: int, height: int) -> str:
    title = f"{html.short(html.words_of(post), 120)}, by {post.author} on Pentagram"
    return FRAME.substitute(
        source=escape(f"{base}/embed/{post.id}"), width=width, height=height, title=escape(title, quote=True)
    )


def _for_all(house: Pentagram, post_id: object) -> Post:
    """What anybody may show on a page of theirs: nothing sensitive, which its own page would put behind a veil."""
    post = house.posts.get(post_id, viewer=None)
    if post.sensitive:
        raise NotFound("There is no such post to be embedded.")
    return post


def _id_in(url: str) -> str:
    found = OUR_PAGE.search(urlsplit(url).path)
    if found is None:
        raise NotFound("That is the address of no post here.")
    return found.group(1)


def _room(post: Post, request: Request) -> tuple[int, int]:
    most_wide = _number(request, "maxwidth", MOST_WIDTH)
    most_high = _number(request, "maxheight", 10 * MOST_WIDTH)
    by_height = max(most_high - BELOW_PIXELS, LEAST_WIDTH) * post.width // post.height
    width = max(min(USUAL_WIDTH, most_wide, by_height), LEAST_WIDTH)
    return width, min(width * post.height // post.width + BELOW_PIXELS, most_high)


def _number(request: Request, name: str, usual: int) -> int:
    text = request.query_params.get(name, "")
    if not text:
        return usual
    if not re.fullmatch(r"[1-9][0-9]{0,4}", text):
        raise UserError(f"{name} is a number of pixels.")
    return int(text)
