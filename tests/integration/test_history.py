"""My prompts: found again, kept, rated, followed from version to version, and what they came to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.errors import NotFound, UserError
from services.studio.history import Filter
from services.studio.studio import Options


def prompts(page):
    return [request.prompt for request in page.items]


def post(house, request, by):
    return house.posts.publish([request.creations[0].id], by=by, token=f"press-{request.id.hex[:12]}")


def test_prompts_are_paged_newest_first_and_none_twice(house, mira, paint):
    asked = [paint(mira, f"fox number {number}").id for number in range(5)]

    first = house.history.page(by=mira, limit=2)
    second = house.history.page(by=mira, after=first.next, limit=2)
    third = house.history.page(by=mira, after=second.next, limit=2)

    assert [each.id for page in (first, second, third) for each in page.items] == asked[::-1]
    assert third.next is None


def test_the_oldest_may_come_first(house, mira, paint):
    for number in range(3):
        paint(mira, f"fox number {number}")

    first = house.history.page(by=mira, wanted=Filter(sort="oldest"), limit=2)
    second = house.history.page(by=mira, wanted=Filter(sort="oldest"), after=first.next, limit=2)

    assert prompts(first) + prompts(second) == ["fox number 0", "fox number 1", "fox number 2"]


def test_the_best_rated_may_come_first_and_paging_goes_through_equal_stars(house, mira, paint):
    plain, good, best, also_good = (paint(mira, name) for name in ("plain", "good", "best", "also good"))
    for request, stars in ((good, 3), (best, 5), (also_good, 3)):
        house.history.rate(request.creations[0].id, by=mira, stars=stars)

    found, after = [], None
    for _ in range(4):
        page = house.history.page(by=mira, wanted=Filter(sort="best rated"), after=after, limit=1)
        found, after = found + prompts(page), page.next

    assert found == ["best", "also good", "good", "plain"]
    assert plain.creations[0].rating is None


def test_a_part_of_the_prompt_finds_it_in_capitals_or_not(house, mira, paint):
    paint(mira, "A Red FOX in the snow")
    paint(mira, "a blue whale")

    assert prompts(house.history.page(by=mira, wanted=Filter(text=" red fox "))) == ["A Red FOX in the snow"]
    assert prompts(house.history.page(by=mira, wanted=Filter(text="100%_'"))) == []


def test_posted_and_not_posted_and_failed_ones_are_told_apart(house, mira, paint):
    posted, kept, failed = paint(mira, "posted"), paint(mira, "kept"), paint(mira, "failed")
    post(house, posted, mira)
    house.db.execute("update pentagram.creations set state = 'failed' where request_id = %(id)s", id=failed.id)

    found = {
        show: prompts(house.history.page(by=mira, wanted=Filter(show=show)))
        for show in ("posted", "not posted", "failed", "blocked")
    }

    assert found == {"posted": ["posted"], "not posted": ["kept"], "failed": ["failed"], "blocked": []}
    assert kept.creations[0].post_id is None


def test_a_post_that_was_taken_back_counts_as_not_posted(house, mira, paint):
    request = paint(mira)
    house.posts.delete(post(house, request, mira).id, by=mira)

    assert len(house.history.page(by=mira, wanted=Filter(show="not posted")).items) == 1


def test_a_favourite_stays_one_until_it_is_none(house, mira, paint):
    request = paint(mira)

    house.history.keep(request.id, by=mira, favourite=True)
    assert house.history.page(by=mira, wanted=Filter(show="favourites")).items[0].favourite
    house.history.keep(request.id, by=mira, favourite=False)

    assert not house.history.page(by=mira, wanted=Filter(show="favourites")).items


def test_days_are_taken_whole(build, person, clock):
    house = build(clock=clock)
    mira = house.accounts.register("mira", None)
    house.studio.request("today", Options(256, 256), by=mira, token="press-today")
    today = house.db.value("select (created_at at time zone 'UTC')::date from pentagram.requests")

    def found(**days):
        return prompts(house.history.page(by=mira, wanted=Filter(**days)))

    assert found(since=today, until=today) == ["today"]
    assert found(since=today + timedelta(days=1)) == []
    assert found(until=today - timedelta(days=1)) == []


def test_models_that_painted_are_offered_and_filter(house, mira, paint):
    paint(mira)

    assert house.history.models(by=mira) == ["painter"]
    assert house.history.page(by=mira, wanted=Filter(model="painter")).items
    assert not house.history.page(by=mira, wanted=Filter(model="another")).items


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_only_one_to_five_stars_are_given(house, mira, paint, stars):
    with pytest.raises(UserError, match="1 to 5 stars"):
        house.history.rate(paint(mira).creations[0].id, by=mira, stars=stars)


def test_nobody_sees_keeps_rates_or_deletes_what_is_another_persons(house, mira, paint, person):
    request, tom = paint(mira), person("tom")

    assert not house.history.page(by=tom).items
    for action in (
        lambda: house.history.keep(request.id, by=tom, favourite=True),
        lambda: house.history.rate(request.creations[0].id, by=tom, stars=5),
        lambda: house.history.versions(request.id, by=tom),
    ):
        with pytest.raises(NotFound):
            action()
    assert house.history.delete([request.creations[0].id], by=tom) == 0
    assert house.history.page(by=mira).items


def test_versions_are_a_thread_with_what_each_one_changed(house, mira, paint):
    first = paint(mira, "a red fox in the snow")
    second = house.studio.request("a white fox in the snow", Options(256, 256, parent_id=first.id), by=mira,
                                  token="press-second")  # fmt: skip
    paint(mira, "something else")

    versions = house.history.versions(second.id, by=mira)

    assert [version.request.id for version in versions] == [first.id, second.id]
    assert versions[0].changes == ()
    assert [(change.words.strip(), change.kind) for change in versions[1].changes] == [
        ("a", "same"), ("red", "lost"), ("white", "gained"), ("fox in the snow", "same"),
    ]  # fmt: skip
    assert [version.request.id for version in house.history.versions(first.id, by=mira)] == [first.id, second.id]


def test_this_months_pictures_and_dollars_are_told_for_each_day(house, mira, paint):
    paint(mira, count=2)
    house.db.execute("update pentagram.ledger set cost_usd = 0.25, gpu_seconds = 1.5")

    usage = house.history.usage(by=mira)

    assert (usage.pictures, float(usage.cost_usd)) == (2, 0.5)
    assert usage.days[0].day.day == 1
    assert [day.pictures for day in usage.days][-1] == 2


def test_of_several_pictures_those_in_posts_stay(house, mira, paint):
    posted, kept = paint(mira, "posted"), paint(mira, "kept")
    post(house, posted, mira)

    gone = house.history.delete([posted.creations[0].id, kept.creations[0].id], by=mira)

    assert gone == 1
    assert prompts(house.history.page(by=mira)) == ["posted"]


def test_a_cursor_that_is_none_is_told_so(house, mira):
    with pytest.raises(NotFound, match="There is no such page"):
        house.history.page(by=mira, after="nonsense")


def test_what_means_the_same_is_found_with_it_and_stands_first(house, mira, paint, person):
    first, second, _ = (paint(mira, prompt) for prompt in ("a crimson vixen", "a fiery animal", "a blue whale"))
    paint(mira, "a red fox")
    of_others = paint(person("tom"), "a scarlet vulpine")
    like_it = [second.id, first.id, of_others.id]

    found, after = [], None
    for _ in range(3):
        page = house.history.page(by=mira, wanted=Filter(text="red fox"), like_it=like_it, after=after, limit=1)
        found, after = found + prompts(page), page.next

    assert found == ["a fiery animal", "a crimson vixen", "a red fox"]
    assert after is None
