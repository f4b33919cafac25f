"""A post as other sites see it: one small page without JavaScript that unfurls in chats and leads into the app."""

from __future__ import annotations

from string import Template
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse

from routes import html
from services import bootstrap
from services.community.posts import Post
from services.errors import NotFound, Unavailable

POST = Template("""<a class="picture" href="../post?id=$id">$picture</a>
<div class="words">
<p class="maker"><b>$name</b> <span>@$author</span>$badge</p>
<h1>$prompt</h1>
<p class="caption">$caption</p>
<p class="facts">$facts</p>
<p><a class="open" href="../post?id=$id">Open in Pentagram</a></p>
</div>""")
VEIL = f'<span class="veil">{html.SENSITIVE}</span>'


def share_page(request: Request) -> HTMLResponse:
    house = bootstrap.pentagram()
    try:
        post = house.posts.get(request.path_params["post_id"], viewer=None)
        base = html.base(request, house)
        return _sensitive(post, base) if post.sensitive else _shown(post, html.address_of(house, post), base)
    except NotFound:
        text = "It may have been taken back, or it is not for everybody."
        return html.message("There is no such post here", text, status=404)
    except Unavailable:
        return html.message("One moment", "The house does not answer just now. Try again shortly.", status=503)


def _shown(post: Post, link: str, base: str) -> HTMLResponse:
    title = html.title_of(post)
    meta = _common_meta(post, base, title, html.short(post.caption or f"Prompted by {post.author}", 200))
    meta["twitter:card"] = "summary_large_image"
    meta["alternate application/json+oembed"] = f"{base}/oembed?url={quote(f'{base}/p/{post.id}', safe='')}"
    meta["alternate application/atom+xml"] = f"{base}/u/{post.author}.atom"
    picture = ""
    if link:
        address = f"{base}{link}" if link.startswith("/") else link
        alt = html.short(post.alt, 400)
        size = {"width": str(post.width), "height": str(post.height)}
        meta |= {"og:image": address, "twitter:image": address, "og:image:alt": alt, "twitter:image:alt": alt}
        meta |= {f"og:image:{name}": value for name, value in size.items()}
        picture = html.image(post, link, alt)
    if post.visibility != "public":
        meta["robots"] = "noindex"
    body = _post(post, picture, prompt=html.short(html.words_of(post), 300), caption=html.cut(post.caption, 700))
    return html.page(title, meta, body, tint=post.colour, pictures_from=html.origin(link))


def _sensitive(post: Post, base: str) -> HTMLResponse:
    """Neither the picture nor its words or colour: some chats show a card to people who never asked."""
    title = f"A sensitive picture · {post.author} on Pentagram"
    meta = _common_meta(post, base, title, html.SENSITIVE) | {"twitter:card": "summary", "robots": "noindex"}
    return html.page(title, meta, _post(post, VEIL, prompt="A sensitive picture", caption=""), tint="#3a3044")


def _post(post: Post, picture: str, *, prompt: str, caption: str) -> str:
    words = html.escaped(
        id=str(post.id), name=post.author_display_name, author=post.author, prompt=prompt, caption=caption,
        facts=html.facts(post),
    )  # fmt: skip
    return POST.substitute(words, picture=picture, badge=html.badge(post))


def _common_meta(post: Post, base: str, title: str, description: str) -> dict[str, str]:
    page = f"{base}/p/{post.id}"
    return {
        "canonical": page, "description": description, "og:type": "article", "og:site_name": "Pentagram",
        "og:url": page, "og:title": title, "og:description": description,
        "twitter:title": title, "twitter:description": description,
    }  # fmt: skip
