"""What our pages outside Streamlit are made of: small, without JavaScript, and escaped throughout."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from string import Template
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse

from services.bootstrap import Pentagram
from services.community.posts import Post

KEPT_SECONDS = 60
COLOUR = re.compile(r"#[0-9a-f]{6}")
BRAND_COLOUR = "#ad1a4e"
OURSELVES = "'self'"
SENSITIVE = "This picture is marked as sensitive, so it is shown in Pentagram only, to those who want to see it."
# Links within the page are relative: they hold under any prefix and behind any proxy, whatever Host says.
PAGE = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
$meta
<style>$style</style>
</head>
<body>
<header><a href="../"><svg viewBox="0 0 40 40" aria-hidden="true"><path
d="M20 4 L29.4 33 L4.8 15 H35.2 L10.6 33 Z"/></svg>Pentagram</a></header>
<main>
$body
</main>
</body>
</html>
""")
IMAGE = Template('<img src="$source" width="$width" height="$height" alt="$alt">')
MESSAGE = Template("""<div class="message">
<h1>$title</h1>
<p>$text</p>
<p><a class="open" href="../">Go to Pentagram</a></p>
</div>""")
STYLE = Template("""
:root { color-scheme: light dark; --tint: $tint; --brand: #ad1a4e; --paper: #fbf8f4; --card: #fff; --ink: #231a22;
  --faint: #6d606a; --line: #e2d8cd }
@media (prefers-color-scheme: dark) { :root { --brand: #ff8fb5; --paper: #14111a; --card: #1f1a28; --ink: #efe9f2;
  --faint: #a99fb3; --line: #352d42 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; color: var(--ink); background: var(--paper) linear-gradient(
  color-mix(in srgb, var(--tint) 28%, var(--paper)), var(--paper) 75vh) no-repeat;
  font: 1rem/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; overflow-wrap: anywhere }
header { padding: 1rem 1.25rem; max-width: 72rem; margin: auto }
header a { color: var(--ink); text-decoration: none; font-weight: 700; letter-spacing: -.01em }
header svg { width: 1.75rem; height: 1.75rem; margin-right: .4rem; vertical-align: -.45rem; fill: none;
  stroke: var(--brand); stroke-width: 3; stroke-linejoin: round }
main { max-width: 30rem; margin: 0 auto 2rem; background: var(--card); box-shadow: 0 1px 2px #0001, 0 1rem 3rem #0002 }
.picture { display: grid; place-items: center; background: var(--tint); overflow: hidden }
.picture img { display: block; width: 100%; height: auto }
.veil { padding: 5rem 2rem; max-width: 26rem; color: #fff; text-align: center }
.words, .message { padding: 1.25rem }
.message { padding: 3rem 1.25rem 2.25rem; text-align: center }
p { margin: 0 0 .75rem }
h1 { margin: 0 0 .75rem; font-size: 1.3rem; line-height: 1.35; font-weight: 600; letter-spacing: -.01em }
.maker span, .facts { color: var(--faint) }
.maker i { margin-left: .35rem; padding: .1rem .45rem; border-radius: 1rem; border: 1px solid var(--line);
  color: var(--faint); font: 600 .75rem/1.4 system-ui, sans-serif }
.caption { white-space: pre-line }
.caption:empty { display: none }
.facts { font-size: .875rem }
.open { display: block; margin-top: 1.25rem; padding: .7rem 1.25rem; border-radius: 2rem; background: #ad1a4e;
  color: #fff; text-align: center; text-decoration: none; font-weight: 600 }
.open:hover { background: #8a143d }
a:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px }
@media (min-width: 31rem) { main { border-radius: 1.25rem; overflow: hidden; border: 1px solid var(--line) } }
@media (min-width: 60rem) {
  header { max-width: 66rem; padding-inline: .25rem }
  main:has(.picture) { max-width: 66rem; display: grid; grid-template-columns: minmax(0, 1fr) 22rem }
  .picture img { width: auto; max-width: 100%; max-height: 82vh }
  .words { padding: 2rem 1.75rem; align-self: center }
}
""")


def page(
    title: str,
    meta: dict[str, str],
    body: str,
    *,
    tint: str = BRAND_COLOUR,
    pictures_from: str = "",
    framed_by: str = OURSELVES,
    status: int = 200,
) -> HTMLResponse:
    style = STYLE.substitute(tint=tint if COLOUR.fullmatch(tint or "") else BRAND_COLOUR)
    tags = "\n".join(_tag(name, content) for name, content in meta.items())
    headers = {"content-security-policy": _policy(style, pictures_from, framed_by)}
    if status == 200:
        headers["cache-control"] = f"public, max-age={KEPT_SECONDS}"
    return HTMLResponse(PAGE.substitute(title=escape(title), meta=tags, style=style, body=body), status, headers)


def message(title: str, text: str, *, status: int, framed_by: str = OURSELVES) -> HTMLResponse:
    body = MESSAGE.substitute(title=title, text=text)
    return page(f"{title} · Pentagram", {"robots": "noindex"}, body, status=status, framed_by=framed_by)


def base(request: Request, house: Pentagram) -> str:
    """The address that our own begin with: the configured one, or what this request was sent to."""
    if house.settings.public_url:
        return house.settings.public_url.rstrip("/")
    below = str(request.scope["route"].path).partition("{")[0].rstrip("/").rpartition("/")[2]
    return str(request.url).partition("?")[0].rpartition(f"/{below}")[0]


def address_of(house: Pentagram, post: Post) -> str:
    """Of its picture, as the storage gives it: a path on our own server, an address elsewhere, or empty."""
    link = house.storage.links([post.picture_key]).get(post.picture_key, "")
    if link.startswith("/") and post.visibility == "public":
        return link.partition("?")[0]
    return link


def image(post: Post, link: str, alt: str) -> str:
    source = f"..{link}" if link.startswith("/") else link
    return IMAGE.substitute(escaped(source=source, alt=alt, width=str(post.width), height=str(post.height)))


def origin(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def words_of(post: Post) -> str:
    return post.prompt or "A picture without words"


def title_of(post: Post) -> str:
    return f"{short(words_of(post), 70)} · {post.author} on Pentagram"


def facts(post: Post) -> str:
    day = f"{post.created_at.day} {post.created_at:%B %Y}"
    told = [_counted(post.like_count, "like"), _counted(post.comment_count, "comment"), day]
    return " · ".join(fact for fact in told if fact)


def badge(post: Post) -> str:
    return " <i>AI</i>" if post.author_kind == "resident" else ""


def short(text: str, most: int) -> str:
    return cut(" ".join(text.split()), most)


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def escaped(**words: str) -> dict[str, str]:
    return {name: escape(text, quote=True) for name, text in words.items()}


def _policy(style: str, pictures_from: str, framed_by: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' {pictures_from}".rstrip()
        + f"; base-uri 'none'; form-action 'none'; frame-ancestors {framed_by}"
    )


def _tag(name: str, content: str) -> str:
    if name == "canonical":
        return f'<link rel="canonical" href="{escape(content)}">'
    if name.startswith("alternate "):
        kind = name.partition(" ")[2]
        return f'<link rel="alternate" type="{kind}" href="{escape(content)}">'
    return f'<meta {"property" if name.startswith("og:") else "name"}="{name}" content="{escape(content)}">'


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}" if number else ""
