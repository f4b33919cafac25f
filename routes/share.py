"""A post as other sites see it: one small page without JavaScript that unfurls in chats and leads into the app."""

from __future__ import annotations

from html import escape
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse

from services import bootstrap
from services.bootstrap import Pentagram
from services.community.posts import Post
from services.errors import NotFound, Unavailable

PAGE = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<link rel="canonical" href="$page">
<meta name="description" content="$description">
<meta property="og:type" content="article">
<meta property="og:site_name" content="Pentagram">
<meta property="og:title" content="$title">
<meta property="og:description" content="$description">
<meta property="og:url" content="$page">
<meta property="og:image" content="$picture">
<meta property="og:image:width" content="$width">
<meta property="og:image:height" content="$height">
<meta property="og:image:alt" content="$alt">
<meta name="twitter:card" content="summary_large_image">
<meta name="twitter:title" content="$title">
<meta name="twitter:description" content="$description">
<meta name="twitter:image" content="$picture">
<meta name="twitter:image:alt" content="$alt">
$robots
<style>
:root { color-scheme: light dark }
body { margin: 0 auto; max-width: 44rem; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif }
img { display: block; width: 100%; height: auto; border-radius: .75rem; background: $colour }
a.open { display: inline-block; padding: .6rem 1.1rem; border-radius: .6rem; background: #c4215a; color: #fff;
  text-decoration: none; font-weight: 600 }
</style>
</head>
<body>
<main>
<a href="$app"><img src="$picture" width="$width" height="$height" alt="$alt"></a>
<h1>$heading</h1>
<p>$description</p>
<p><a class="open" href="$app">Open in Pentagram</a></p>
</main>
</body>
</html>
""")
GONE = Template("""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title><meta name="robots" content="noindex"></head>
<body><main><h1>$title</h1><p>$text</p><p><a href="$app">Go to Pentagram</a></p></main></body></html>
""")


def share_page(request: Request) -> HTMLResponse:
    house = bootstrap.pentagram()
    base = _base(request, house)
    try:
        post = house.posts.get(request.path_params["post_id"], viewer=None)
    except NotFound:
        text = "It may have been taken back, or it is not for everybody."
        page = GONE.substitute(title="There is no such post here", text=text, app=f"{base}/")
        return HTMLResponse(page, status_code=404)
    except Unavailable:
        page = GONE.substitute(title="One moment", text="The house does not answer just now.", app=f"{base}/")
        return HTMLResponse(page, status_code=503)
    return HTMLResponse(PAGE.substitute(_words(post, house, base)), headers={"cache-control": "public, max-age=60"})


def _words(post: Post, house: Pentagram, base: str) -> dict[str, str]:
    prompt = post.prompt or "A picture without words"
    words = {
        "title": f"{_short(prompt, 70)} · {post.author} on Pentagram",
        "heading": _short(prompt, 200),
        "description": _short(post.caption or f"Prompted by {post.author}", 200),
        "alt": _short(post.alt, 400),
        "page": f"{base}/p/{post.id}",
        "app": f"{base}/post?id={post.id}",
        "picture": _absolute(base, house, post),
        "width": str(post.width),
        "height": str(post.height),
        "colour": post.colour,
    }
    escaped = {name: escape(text, quote=True) for name, text in words.items()}
    hidden = post.visibility != "public" or post.sensitive
    return escaped | {"robots": '<meta name="robots" content="noindex">' if hidden else ""}


def _absolute(base: str, house: Pentagram, post: Post) -> str:
    if house.storage.name == "disk" and post.visibility == "public" and not post.sensitive:
        return f"{base}/i/{post.picture_key}"
    link = house.storage.links([post.picture_key]).get(post.picture_key, "")
    return f"{base}{link}" if link.startswith("/") else link


def _base(request: Request, house: Pentagram) -> str:
    configured = house.settings.public_url
    return configured.rstrip("/") if configured else str(request.base_url).rstrip("/")


def _short(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
