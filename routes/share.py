"""A post as other sites see it: one small page without JavaScript that unfurls in chats and leads into the app."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from string import Template
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse

from services import bootstrap
from services.bootstrap import Pentagram
from services.community.posts import Post
from services.errors import NotFound, Unavailable

KEPT_SECONDS = 60
COLOUR = re.compile(r"#[0-9a-f]{6}")
BRAND_COLOUR = "#c4215a"
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
POST = Template("""<a class="picture" href="../post?id=$id">$picture</a>
<div class="words">
<p class="maker"><b>$name</b> <span>@$author</span>$badge</p>
<h1>$prompt</h1>
<p class="caption">$caption</p>
<p class="facts">$facts</p>
<p><a class="open" href="../post?id=$id">Open in Pentagram</a></p>
</div>""")
IMAGE = Template('<img src="$source" width="$width" height="$height" alt="$alt">')
VEIL = f'<span class="veil">{SENSITIVE}</span>'
MESSAGE = Template("""<div class="message">
<h1>$title</h1>
<p>$text</p>
<p><a class="open" href="../">Go to Pentagram</a></p>
</div>""")
STYLE = Template("""
:root { color-scheme: light dark; --tint: $tint; --brand: #c4215a; --paper: #fbf8f4; --card: #fff; --ink: #231a22;
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
.open { display: block; margin-top: 1.25rem; padding: .7rem 1.25rem; border-radius: 2rem; background: #c4215a;
  color: #fff; text-align: center; text-decoration: none; font-weight: 600 }
.open:hover { background: #a3174a }
a:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px }
@media (min-width: 31rem) { main { border-radius: 1.25rem; overflow: hidden; border: 1px solid var(--line) } }
@media (min-width: 60rem) {
  header { max-width: 66rem; padding-inline: .25rem }
  main:has(.picture) { max-width: 66rem; display: grid; grid-template-columns: minmax(0, 1fr) 22rem }
  .picture img { width: auto; max-width: 100%; max-height: 82vh }
  .words { padding: 2rem 1.75rem; align-self: center }
}
""")


def share_page(request: Request) -> HTMLResponse:
    house = bootstrap.pentagram()
    try:
        post = house.posts.get(request.path_params["post_id"], viewer=None)
        if post.sensitive:
            return _sensitive(post, _base(request, house))
        return _shown(post, _link(house, post), _base(request, house))
    except NotFound:
        text = "It may have been taken back, or it is not for everybody."
        return _message("There is no such post here", text, status=404)
    except Unavailable:
        return _message("One moment", "The house does not answer just now. Try again shortly.", status=503)


def _shown(post: Post, link: str, base: str) -> HTMLResponse:
    """`link` as the storage gave it: a path on our own server, an address elsewhere, or empty."""
    title = f"{_short(_prompt(post), 70)} · {post.author} on Pentagram"
    meta = _common_meta(post, base, title, _short(post.caption or f"Prompted by {post.author}", 200)) | {
        "twitter:card": "summary_large_image",
    }
    image = ""
    if link:
        address = f"{base}{link}" if link.startswith("/") else link
        alt = _short(post.alt, 400)
        size = {"width": str(post.width), "height": str(post.height)}
        meta |= {"og:image": address, "twitter:image": address, "og:image:alt": alt, "twitter:image:alt": alt}
        meta |= {f"og:image:{name}": value for name, value in size.items()}
        source = f"..{link}" if link.startswith("/") else link
        image = IMAGE.substitute(_escaped(source=source, alt=alt, **size))
    if post.visibility != "public":
        meta["robots"] = "noindex"
    body = _post(post, image, prompt=_short(_prompt(post), 300), caption=_cut(post.caption, 700))
    return _page(title, meta, body, tint=post.colour, pictures_from=_origin(link))


def _sensitive(post: Post, base: str) -> HTMLResponse:
    """Neither the picture nor its words or colour: some chats show a card to people who never asked."""
    title = f"A sensitive picture · {post.author} on Pentagram"
    meta = _common_meta(post, base, title, SENSITIVE) | {"twitter:card": "summary", "robots": "noindex"}
    return _page(title, meta, _post(post, VEIL, prompt="A sensitive picture", caption=""), tint="#3a3044")


def _message(title: str, text: str, *, status: int) -> HTMLResponse:
    body = MESSAGE.substitute(title=title, text=text)
    return _page(f"{title} · Pentagram", {"robots": "noindex"}, body, status=status)


def _post(post: Post, picture: str, *, prompt: str, caption: str) -> str:
    day = f"{post.created_at.day} {post.created_at:%B %Y}"
    facts = [_counted(post.like_count, "like"), _counted(post.comment_count, "comment"), day]
    words = _escaped(
        id=str(post.id), name=post.author_display_name, author=post.author, prompt=prompt, caption=caption,
        facts=" · ".join(fact for fact in facts if fact),
    )  # fmt: skip
    badge = " <i>AI</i>" if post.author_kind == "resident" else ""
    return POST.substitute(words, picture=picture, badge=badge)


def _page(
    title: str,
    meta: dict[str, str],
    body: str,
    *,
    tint: str = BRAND_COLOUR,
    pictures_from: str = "",
    status: int = 200,
) -> HTMLResponse:
    style = STYLE.substitute(tint=tint if COLOUR.fullmatch(tint or "") else BRAND_COLOUR)
    tags = "\n".join(_tag(name, content) for name, content in meta.items())
    headers = {"content-security-policy": _policy(style, pictures_from)}
    if status == 200:
        headers["cache-control"] = f"public, max-age={KEPT_SECONDS}"
    return HTMLResponse(PAGE.substitute(title=escape(title), meta=tags, style=style, body=body), status, headers)


def _policy(style: str, pictures_from: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' {pictures_from}".rstrip()
        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )


def _common_meta(post: Post, base: str, title: str, description: str) -> dict[str, str]:
    page = f"{base}/p/{post.id}"
    return {
        "canonical": page, "description": description, "og:type": "article", "og:site_name": "Pentagram",
        "og:url": page, "og:title": title, "og:description": description,
        "twitter:title": title, "twitter:description": description,
    }  # fmt: skip


def _tag(name: str, content: str) -> str:
    if name == "canonical":
        return f'<link rel="canonical" href="{escape(content)}">'
    return f'<meta {"property" if name.startswith("og:") else "name"}="{name}" content="{escape(content)}">'


def _link(house: Pentagram, post: Post) -> str:
    link = house.storage.links([post.picture_key]).get(post.picture_key, "")
    if link.startswith("/") and post.visibility == "public":
        return link.partition("?")[0]
    return link


def _base(request: Request, house: Pentagram) -> str:
    if house.settings.public_url:
        return house.settings.public_url.rstrip("/")
    return str(request.url).partition("?")[0].rpartition("/p/")[0]


def _origin(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _prompt(post: Post) -> str:
    return post.prompt or "A picture without words"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}" if number else ""


def _short(text: str, most: int) -> str:
    return _cut(" ".join(text.split()), most)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _escaped(**words: str) -> dict[str, str]:
    return {name: escape(text, quote=True) for name, text in words.items()}
