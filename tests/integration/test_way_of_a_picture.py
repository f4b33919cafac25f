"""From a prompt to a post, on a real database, storage and worker."""

from __future__ import annotations

from services.studio.studio import Options


def test_a_picture_that_was_asked_for_is_painted_stored_and_posted(house, person, paint):
    mira = person("mira")

    creation = paint(mira, "a lighthouse at dusk").creations[0]
    post = house.posts.publish([creation.id], by=mira, token="press-one", caption="Look")

    assert creation.state == "ready"
    assert house.storage.get(creation.picture_key)[8:12] == b"WEBP"
    assert [shown.id for shown in house.feeds.page("fresh", viewer=None).items] == [post.id]
    assert post.alt == "“a lighthouse at dusk”, prompted by mira"


def test_the_same_press_twice_is_one_request(house, person):
    mira = person("mira")
    first = house.studio.request("a boat", Options(768, 768), by=mira, token="same-press")

    second = house.studio.request("a boat", Options(768, 768), by=mira, token="same-press")

    assert second.id == first.id
    assert len(house.studio.mine(by=mira)) == 1
