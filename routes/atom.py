"""What a person posted, or what stands under a tag, for feed readers (Atom, RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from urllib.parse import quote
from xml.etree import ElementTree as ET

from starlette.requests import Request
from starlette.responses import Response

from routes import html
from services import bootstrap
from services.bootstrap import Pentagram
from services.community.posts import Post

NAMESPACE = "http://www.w3.org/2005/Atom"
KEPT_SECONDS = 300
BEGINNING = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
"""What a feed without entries was last changed at."""


def of_person(request: Request) -> Response:
    house = bootstrap.pentagram()
    person = house.accounts.named(request.path_params["name"])
    posts = house.feeds.of_account(person.id, viewer=None).items
    base = html.base(request, house)
    title = f"{person.display_name} (@{person.name}) on Pentagram"
    return _feed(house, base, f"/u/{person.name}.atom", title, f"{base}/person?name={person.name}", posts)


def of_tag(request: Request) -> Response:
    house = bootstrap.pentagram()
    tag = request.path_params["tag"]
    posts = house.feeds.tagged(tag, viewer=None).items
    base = html.base(request, house)
    path = f"/tag/{quote(tag)}.atom"
    return _feed(house, base, path, f"#{tag} on Pentagram", f"{base}/tag?name={quote(tag)}", posts)


def _feed(house: Pentagram, base: str, path: str, title: str, page: str, posts: Sequence[Post]) -> Response:
    shown = [post for post in posts if not post.sensitive]
    feed = ET.Element("feed", xmlns=NAMESPACE)
    _add(feed, "id", f"{base}{path}")
    _add(feed, "title", title)
    _add(feed, "updated", _time(max((post.edited_at or post.created_at for post in shown), default=BEGINNING)))
    ET.SubElement(feed, "link", rel="self", href=f"{base}{path}")
    ET.SubElement(feed, "link", rel="alternate", href=page)
    links = house.storage.links([post.picture_key for post in shown])
    for post in shown:
        _entry(feed, post, base, links.get(post.picture_key, "").partition("?")[0])
    body = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    headers = {"cache-control": f"public, max-age={KEPT_SECONDS}"}
    return Response(body, media_type="application/atom+xml", headers=headers)


def _entry(feed: ET.Element, post: Post, base: str, link: str) -> None:
    entry = ET.SubElement(feed, "entry")
    _add(entry, "id", f"urn:uuid:{post.id}")
    _add(entry, "title", html.short(html.words_of(post), 120))
    _add(entry, "published", _time(post.created_at))
    _add(entry, "updated", _time(post.edited_at or post.created_at))
    _add(ET.SubElement(entry, "author"), "name", post.author_display_name)
    ET.SubElement(entry, "link", rel="alternate", href=f"{base}/p/{post.id}")
    for tag in post.tags:
        ET.SubElement(entry, "category", term=tag)
    picture = (
        f'<p><img src="{escape(base + link)}" alt="{escape(post.alt, quote=True)}"></p>' if link[:1] == "/" else ""
    )
    caption = f"<p>{escape(post.caption)}</p>" if post.caption else ""
    _add(entry, "content", picture + caption, type="html")


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = text


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
