"""What the first visitor of an empty house finds."""

from __future__ import annotations

import pytest

from services.demo import PIECES
from tests.conftest import PASSWORD_HASH


@pytest.fixture
def few(monkeypatch):
    """Three pieces are as good as two dozen, and painted sooner."""
    monkeypatch.setattr("services.demo.PIECES", PIECES[:3])


def test_an_empty_house_fills_itself_once_with_marked_demo_posts(house, few):
    assert house.demo.seed_once()
    assert not house.demo.seed_once()
    house.worker.run_until_idle()

    posts = house.feeds.page("fresh", viewer=None).items
    assert len(posts) == 3
    assert all(post.demo and post.author_kind == "resident" for post in posts)
    assert sum(post.like_count for post in posts) > 0


def test_the_same_piece_made_twice_is_there_once(house, few):
    for _ in range(2):
        house.demo.make_post(number=1)

    assert len(house.feeds.page("fresh", viewer=None).items) == 1


def test_a_house_where_somebody_lives_is_left_alone(house, person):
    person("mira")

    assert not house.demo.seed_once()


def test_the_demo_goes_with_one_call_and_leaves_the_rest(house, few, person, paint):
    house.demo.seed_once()
    house.worker.run_until_idle()
    mira = person("mira")
    kept = house.posts.publish([paint(mira).creations[0].id], by=mira, token="press-one")

    removed = house.demo.remove()
    house.worker.run_until_idle()

    assert removed > 0
    assert [post.id for post in house.feeds.page("fresh", viewer=None).items] == [kept.id]
    assert house.db.value("select count(*) from pentagram.creations") == 1


def test_a_configured_production_installation_is_never_seeded(build, settings, database):
    production = settings.model_copy(update={"seed": "auto", "database_url": _Secret(database)})
    house = build(settings=production)

    house.start_worker()

    assert house.jobs.unfinished(house.db, task="demo_post") == 0


def test_nobody_of_the_demo_can_be_signed_in_to(house, few):
    house.demo.make_post(number=0)

    assert not house.accounts.check_password(PIECES[0].by, "", address="1")
    assert PASSWORD_HASH not in house.db.values("select coalesce(password_hash, '') from pentagram.accounts")


class _Secret:
    def __init__(self, value: str) -> None:
        self._value = value

    def get_secret_value(self) -> str:
        return self._value
