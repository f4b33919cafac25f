"""What other sites, feed readers and chats get of a post: frames, oEmbed and Atom, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from routes import MIDDLEWARE, ROUTES
from services import bootstrap
from services.bootstrap import Pentagram
from services.community.posts import Post

HERE = "http://pentagram.test"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SCRIPT = '<script>alert(1)</script> & "quotes"'


@pytest.fixture
def visitor(house: Pentagram) -> Iterator[TestClient]:
    bootstrap.use(house)
    app = Starlette(routes=ROUTES, middleware=MIDDLEWARE)
    yield TestClient(app, base_url=HERE, raise_server_exceptions=False, follow_redirects=False)
    bootstrap.use(None)


@pytest.fixture
def publish(house: Pentagram, person: Callable, paint: Callable) -> Callable[..., Post]:
    mira = person("mira")
    presses = iter(range(100))

    def do(prompt: str = "a red fox", **how: object) -> Post:
        creation = paint(mira, prompt).creations[0]
        return house.posts.publish([creation.id], by=mira, token=f"press-number-{next(presses)}", **how)

    return do


def mark_sensitive(house: Pentagram, post: Post) -> None:
    house.db.execute("update pentagram.posts set sensitive = true where id = %(id)s", id=post.id)


def test_a_post_can_be_framed_by_any_page_and_every_other_page_by_none(visitor, publish):
    post = publish()

    framed = visitor.get(f"/embed/{post.id}")
    shared = visitor.get(f"/p/{post.id}")

    assert framed.status_code == 200
    assert "frame-ancestors *" in framed.headers["content-security-policy"]
    assert "x-frame-options" not in framed.headers
    assert "frame-ancestors 'self'" in shared.headers["content-security-policy"]
    assert shared.headers["x-frame-options"] == "SAMEORIGIN"


def test_a_frame_shows_the_picture_and_leads_into_the_app_in_a_tab_of_its_own(visitor, publish):
    post = publish("a red fox in the snow")

    page = visitor.get(f"/embed/{post.id}").text

    assert f'src="../i/{post.picture_key}"' in page
    assert "a red fox in the snow" in page
    assert f'href="../post?id={post.id}" target="_blank" rel="noopener"' in page
    assert "<script" not in page


def test_what_people_wrote_stays_text_in_a_frame(visitor, publish):
    post = publish(f"a fox {SCRIPT}")

    assert "<script" not in visitor.get(f"/embed/{post.id}").text


@pytest.mark.parametrize("visibility", ["followers", "private"])
def test_what_is_not_for_everybody_is_in_no_frame_and_no_oembed(visitor, publish, visibility):
    post = publish(visibility=visibility)

    assert visitor.get(f"/embed/{post.id}").status_code == 404
    assert visitor.get("/oembed", params={"url": f"{HERE}/p/{post.id}"}).status_code == 404


def test_a_sensitive_post_is_in_no_frame_and_no_feed(visitor, house, publish):
    post = publish()
    mark_sensitive(house, post)

    assert visitor.get(f"/embed/{post.id}").status_code == 404
    assert str(post.id) not in visitor.get("/u/mira.atom").text


def test_a_share_page_says_where_its_oembed_is_and_that_answers_with_a_frame(visitor, publish):
    post = publish("a red fox")
    address = f"/oembed?url={quote(f'{HERE}/p/{post.id}', safe='')}"

    assert f'type="application/json+oembed" href="{HERE}{address}"' in visitor.get(f"/p/{post.id}").text
    told = visitor.get(address).json()

    assert (told["version"], told["type"], told["title"], told["author_name"]) == ("1.0", "rich", "a red fox", "mira")
    assert f'<iframe src="{HERE}/embed/{post.id}"' in told["html"]


@pytest.mark.parametrize("room", [{"maxwidth": "300"}, {"maxheight": "400"}, {"maxwidth": "300", "maxheight": "350"}])
def test_an_oembed_frame_fits_into_the_room_there_is(visitor, publish, room):
    post = publish()

    told = visitor.get("/oembed", params={"url": f"{HERE}/p/{post.id}", **room}).json()

    assert told["width"] <= int(room.get("maxwidth", 9999))
    assert told["height"] <= int(room.get("maxheight", 9999))


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"url": "https://example.org/p/nothing"}, 404),
        ({}, 404),
        ({"url": f"{HERE}/p/01a1f8c1-2c37-744d-bc27-467e9f15dfc1"}, 404),
        ({"url": f"{HERE}/p/x", "format": "xml"}, 501),
    ],
)
def test_an_oembed_of_nothing_is_told_so(visitor, query, status):
    assert visitor.get("/oembed", params=query).status_code == status


def test_a_width_that_is_no_number_is_a_sentence(visitor, publish):
    answer = visitor.get("/oembed", params={"url": f"{HERE}/p/{publish().id}", "maxwidth": "wide"})

    assert (answer.status_code, answer.text) == (400, "maxwidth is a number of pixels.")


def test_a_person_has_a_feed_of_their_public_posts_newest_first(visitor, publish):
    older, newer = publish("a red fox"), publish("a blue whale", caption=f"So blue {SCRIPT}", tags=["sea"])
    publish("a secret", visibility="private")
    publish("by link only", visibility="unlisted")

    answer = visitor.get("/u/mira.atom")
    feed = ET.fromstring(answer.content)  # noqa: S314 - our own

    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert [each.text for each in feed.findall("a:entry/a:title", ATOM)] == ["a blue whale", "a red fox"]
    ids = [each.text for each in feed.findall("a:entry/a:id", ATOM)]
    assert ids == [f"urn:uuid:{newer.id}", f"urn:uuid:{older.id}"]
    assert feed.find("a:entry/a:category", ATOM).get("term") == "sea"
    content = feed.find("a:entry/a:content", ATOM).text
    assert f'<img src="{HERE}/i/{newer.picture_key}"' in content
    assert "<script" not in content


def test_a_tag_has_a_feed_too(visitor, publish):
    publish("a red fox")
    publish("a blue whale", tags=["sea"])

    feed = ET.fromstring(visitor.get("/tag/sea.atom").content)  # noqa: S314 - our own

    assert [each.text for each in feed.findall("a:entry/a:title", ATOM)] == ["a blue whale"]


def test_nobody_has_no_feed(visitor):
    assert visitor.get("/u/nobody.atom").status_code == 404
