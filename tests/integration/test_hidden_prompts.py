"""A prompt that its author keeps is in no file that others get, however they come to it."""

from __future__ import annotations

import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from routes import MIDDLEWARE, ROUTES
from services import bootstrap
from services.errors import NotFound, Unavailable
from services.studio.reading import read_provenance

SECRET = b"red fox"


@pytest.fixture
def publish(house, mira, paint):
    def do(*, count=1, **options):
        pictures = [creation.id for creation in paint(mira, count=count).creations]
        return house.posts.publish(pictures, by=mira, token=uuid.uuid4().hex, **options)

    return do


@pytest.fixture
def hide(house, mira):
    def do(post):
        return house.posts.edit(
            post.id, by=mira, caption=post.caption, tags=post.tags, visibility=post.visibility, takes_comments=True,
            shows_prompt=False, seen=post.edited_at,
        )  # fmt: skip

    return do


@pytest.fixture
def visitor(house):
    bootstrap.use(house)
    yield TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE), base_url="http://pentagram.test")
    bootstrap.use(None)


def files(house, post, viewer):
    """Whatever file of the post a screen could show this viewer."""
    seen = house.posts.get(post.id, viewer=viewer)
    shown = [picture.picture_key for picture in house.posts.pictures(post.id, viewer=viewer)]
    recipe = house.posts.recipe(post.id, viewer=viewer)
    keys = [seen.picture_key, seen.thumbnail_key, recipe.picture_key, *shown]
    return [house.storage.get(key) for key in keys]


def test_others_get_a_file_that_tells_no_prompt_and_the_author_the_full_one(house, publish, mira, tom):
    post = publish(count=2, shows_prompt=False)

    for viewer in (tom, None):
        assert not any(SECRET in file for file in files(house, post, viewer))
    assert all(
        SECRET in house.storage.get(picture.picture_key) for picture in house.posts.pictures(post.id, viewer=mira)
    )


def test_the_bare_file_is_the_same_large_picture_and_still_says_that_a_machine_made_it(house, publish, tom):
    full, bare = publish(), publish(shows_prompt=False)

    told = read_provenance(house.storage.get(house.posts.get(bare.id, viewer=tom).picture_key))

    assert (told.prompt, told.negative, told.width) == (None, "", full.width)
    assert told.source_type == read_provenance(house.storage.get(full.picture_key)).source_type != ""


def test_a_prompt_hidden_later_is_hidden_in_the_file_too(house, publish, hide, tom):
    post = publish(count=2)
    assert SECRET in files(house, post, tom)[0]

    hide(post)

    assert not any(SECRET in file for file in files(house, post, tom))


def test_a_picture_in_a_post_that_tells_and_one_that_does_not_has_both_files(house, publish, mira, tom):
    telling = publish()
    silent = house.posts.publish([telling.creation_id], by=mira, token=uuid.uuid4().hex, shows_prompt=False)

    assert SECRET in house.storage.get(house.posts.get(telling.id, viewer=tom).picture_key)
    assert not any(SECRET in file for file in files(house, silent, tom))


def test_pages_and_addresses_outside_the_app_lead_to_the_bare_file_alone(house, publish, visitor, mira):
    post = publish(shows_prompt=False)
    full = house.posts.get(post.id, viewer=mira).picture_key

    pages = [visitor.get(f"{path}{post.id}").text for path in ("/p/", "/embed/")] + [visitor.get("/u/mira.atom").text]
    addresses = {found for page in pages for found in re.findall(r"/i/pictures/[0-9a-f/]+\.webp", page)}

    assert len(addresses) == 1
    assert all("red fox" not in page for page in pages)
    assert SECRET not in visitor.get(addresses.pop()).content
    assert visitor.get(f"/i/{full}").status_code == 404


def test_the_full_file_is_no_longer_for_everybody_once_the_prompt_is_hidden(publish, hide, visitor):
    post = publish()
    assert visitor.get(f"/i/{post.picture_key}").status_code == 200

    hide(post)

    assert visitor.get(f"/i/{post.picture_key}").status_code == 404
    assert visitor.get(f"/i/{post.thumbnail_key}").status_code == 200


def test_nothing_is_posted_while_the_file_cannot_be_made(house, paint, mira, monkeypatch):
    [creation] = paint(mira).creations

    def away(key, data):
        raise Unavailable("The storage does not answer.")

    monkeypatch.setattr(house.storage, "put", away)
    with pytest.raises(Unavailable):
        house.posts.publish([creation.id], by=mira, token=uuid.uuid4().hex, shows_prompt=False)
    assert house.db.value("select count(*) from pentagram.posts") == 0


def test_a_picture_of_somebody_else_is_not_copied(house, paint, mira, tom):
    [creation] = paint(tom).creations

    with pytest.raises(Exception, match="Only your own"):
        house.posts.publish([creation.id], by=mira, token=uuid.uuid4().hex, shows_prompt=False)
    assert house.db.value("select count(bare_key) from pentagram.creations") == 0


@pytest.mark.parametrize("gone", ["picture", "account"])
def test_the_bare_file_goes_with_the_picture(house, publish, mira, tom, gone):
    post = publish(shows_prompt=False)
    key = house.posts.get(post.id, viewer=tom).picture_key
    assert house.storage.exists(key)

    if gone == "picture":
        house.studio.delete(post.creation_id, by=mira, from_posts=True)
    else:
        house.accounts.leave(mira)
    house.worker.run_until_idle()

    assert not house.storage.exists(key)
    with pytest.raises(NotFound):
        house.storage.get(key)


def test_many_posts_at_once_of_one_picture_leave_it_one_copy(house, paint, mira, tom):
    [creation] = paint(mira).creations

    def publish(number):
        return house.posts.publish([creation.id], by=mira, token=f"press-number-{number}", shows_prompt=False)

    with ThreadPoolExecutor(8) as threads:
        posts = list(threads.map(publish, range(8)))
    house.worker.run_until_idle()

    assert len({house.posts.get(post.id, viewer=tom).picture_key for post in posts}) == 1
    assert SECRET not in files(house, posts[0], tom)[0]
