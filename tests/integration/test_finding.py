"""What is found, for whom and how soon: conditions, privacy, slips, spaces, examples, saved searches."""

from __future__ import annotations

import io
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import psycopg
import pytest
from PIL import Image

from services.community.posts import Posts
from services.discovery import candidates
from services.discovery.embeddings import About
from services.discovery.spaces import Spaces
from services.errors import NotFound, Unavailable, UserError
from services.platform.database import Transaction
from tests.fakes.embeddings import WordVectors


@pytest.fixture
def post(house, paint):
    """Posts and has it read: `post(by, "a red fox", tags=[...])`."""

    def do(by, prompt, **options):
        [picture] = paint(by, prompt, seed=len(prompt)).creations
        made = house.posts.publish([picture.id], by=by, token=uuid.uuid4().hex, **options)
        house.worker.run_until_idle()
        return made

    return do


@pytest.fixture
def find(house):
    def do(query, viewer=None, **options):
        return [found.prompt for found in house.search.find(query, viewer=viewer, **options).posts]

    return do


# Words


def test_a_new_post_is_found_by_its_words_before_its_meaning_was_read(house, paint, person, find):
    mira = person("mira")
    [picture] = paint(mira, "a quokka in a teacup").creations
    house.posts.publish([picture.id], by=mira, token="press-one", caption="Small.", tags=["marsupial"])

    assert house.reader.unread() == 1
    for query in ("quokka", "marsupial", "small", "mira", "teacups"):
        assert find(query, mode="words") == ["a quokka in a teacup"], query


def test_rare_names_are_told_from_common_words_that_share_their_stem(post, person, find):
    mira = person("mira")
    post(mira, "Ares with a spear")
    post(mira, "marbles that are round")

    assert find("ares", mode="words") == ["Ares with a spear"]


def test_a_phrase_has_to_stand_there_and_what_is_left_out_must_not(post, person, find):
    mira = person("mira")
    for prompt in ("a red fox in snow", "snow on a red house, a fox", "a blue fox in snow"):
        post(mira, prompt)

    assert find('"red fox"') == ["a red fox in snow"]
    assert set(find("fox -red")) == {"a blue fox in snow"}
    assert set(find("fox -houses")) == {"a red fox in snow", "a blue fox in snow"}


def test_the_words_of_whoever_leaves_are_forgotten(house, post, person):
    mira, tom = person("mira"), person("tom")
    post(mira, "a quokka in a forest")
    post(tom, "a boat in a forest")
    house.accounts.delete(mira)

    assert "quokka" not in house.db.values("select word from pentagram.vocabulary")
    assert house.db.value("select posts from pentagram.vocabulary where word = 'forest'") == 1


def test_a_slip_is_read_as_it_was_meant_and_told(house, post, person):
    post(person("mira"), "a lighthouse at night")

    results = house.search.find("lighthose", viewer=None)

    assert [found.prompt for found in results.posts] == ["a lighthouse at night"]
    assert results.corrections == {"lighthose": "lighthouse"}
    assert results.posts[0].marks == ("lighthouse",)


def test_other_languages_find_what_is_meant(house, post, person):
    post(person("mira"), "a lighthouse in a storm")

    results = house.search.find("Leuchtturm im Sturm", viewer=None)

    assert [found.prompt for found in results.posts] == ["a lighthouse in a storm"]
    assert results.translations == {"leuchtturm": "lighthouse", "sturm": "storm"}


@pytest.mark.parametrize(
    "query",
    ["fox'); drop table pentagram.posts; --", "fox & | ! <-> :* ()", "f\0ox fox", "🦊 fox", "猫 fox", "fox:*B", "\\",
     "%_fox", 'fox "', "fox -", "' fox", "fox ' '' \\'"],
)  # fmt: skip
def test_signs_and_syntax_are_words_or_nothing(post, person, find, query):
    post(person("mira"), "a red fox")

    try:
        found = find(query)
    except UserError:
        assert "fox" not in query
    else:
        assert found == ["a red fox"]


# Conditions


@pytest.fixture
def gallery(house, post, person):
    mira, tom = person("mira"), person("tom")
    post(mira, "a red fox in snow", tags=["winter"])
    post(tom, "a red fox in rain")
    post(tom, "a blue boat", tags=["winter", "sea"])
    house.db.execute("update pentagram.posts set by_resident = true where account_id = %(id)s", id=tom.id)
    return mira, tom


@pytest.mark.parametrize(
    ("query", "prompts"),
    [
        ("fox by:tom", ["a red fox in rain", "a blue boat"]),
        ("fox by:nobody", []),
        ("tag:winter", ["a blue boat", "a red fox in snow"]),
        ("tag:winter tag:sea", ["a blue boat"]),
        ("fox kind:people", ["a red fox in snow"]),
        ("kind:residents model:painter", ["a blue boat", "a red fox in rain"]),
        ("model:another", []),
        ("fox after:2020 before:2021", []),
        ("by:mira by:tom -fox", ["a blue boat"]),
        ("boat by:mira", ["a red fox in snow"]),
    ],
)
def test_conditions_narrow_what_is_found(gallery, find, query, prompts):
    assert find(query) == prompts


def test_with_a_condition_everything_that_passes_it_is_found_however_far_from_the_words(gallery, find):
    assert sorted(find("asteroid by:tom")) == ["a blue boat", "a red fox in rain"]


def test_conditions_find_all_there_is_by_the_index_too(gallery, find, monkeypatch):
    monkeypatch.setattr(candidates, "FEW", 0)

    assert find("fox kind:people") == ["a red fox in snow"]
    assert sorted(find("fox kind:residents", floor=False)) == ["a blue boat", "a red fox in rain"]


def test_facets_count_what_fits(gallery, house):
    facets = house.search.find("fox", viewer=None).facets

    assert [(count.value, count.posts) for count in facets.kinds] == [("people", 1), ("residents", 1)]
    assert [(count.value, count.posts) for count in facets.tags] == [("winter", 1)]
    assert [(count.value, count.posts) for count in facets.models] == [("painter", 2)]


def test_results_are_sorted_by_what_was_chosen(gallery, house, find):
    mira, _ = gallery
    [snow] = [found for found in house.search.find("fox", viewer=None).posts if "snow" in found.prompt]
    house.posts.like(snow.id, by=mira)

    assert find("fox", sort="new") == ["a red fox in rain", "a red fox in snow"]
    assert find("fox", sort="liked") == ["a red fox in snow", "a red fox in rain"]


@pytest.fixture
def many(house, paint, person):
    """Thirty foxes, the best match among the oldest, each liked by as many as its number says, up to three."""
    mira = person("mira")
    fans = [person(name) for name in ("tom", "eve", "ada")]
    [picture] = paint(mira, "a fox").creations
    posts = []
    for number in range(30):
        tags = ["red"] if number % 2 else []
        posts.append(house.posts.publish([picture.id], by=mira, token=f"press-{number:03}", tags=tags))
        for fan in fans[: number % 4]:
            house.posts.like(posts[-1].id, by=fan)
    house.worker.run_until_idle()
    return posts


def walked(house, query, sort, page=7):
    """All that is found, page by page."""
    found, results = [], house.search.find(query, viewer=None, sort=sort, limit=page)
    found += results.posts
    while results.next:
        results = house.search.find(query, viewer=None, sort=sort, limit=page, after=results.next)
        assert len(results.posts) <= page
        found += results.posts
    return found


@pytest.fixture(params=["few", "many"])
def amount(request, monkeypatch):
    """As where few posts pass, and as where so many do that they are gone through in their order."""
    if request.param == "many":
        monkeypatch.setattr(candidates, "FEW", 3)


@pytest.mark.parametrize("query", ["fox", "fox tag:red", "tag:red", "kind:people model:painter", '"a fox" -boat'])
@pytest.mark.parametrize("sort", ["new", "liked"])
def test_in_order_there_is_all_that_fits_and_not_only_the_best(many, house, monkeypatch, amount, query, sort):
    for limit in ("NEAREST", "MOST_WITH_ALL", "MOST_WITH_SOME"):
        monkeypatch.setattr(candidates, limit, 2)
    monkeypatch.setattr("services.discovery.search.MOST_AT_ONCE", 7)
    now = [house.posts.get(post.id, viewer=None) for post in many if "red" in post.tags or ":red" not in query]
    rank = {"new": lambda post: (post.id,), "liked": lambda post: (post.like_count, post.id)}[sort]

    assert [post.id for post in walked(house, query, sort)] == [post.id for post in sorted(now, key=rank, reverse=True)]


def test_what_is_posted_and_liked_while_one_goes_on_moves_nothing_that_is_to_come(many, house, person, paint):
    first = house.search.find("fox", viewer=None, sort="liked", limit=10)
    late = person("late")
    house.posts.like(many[0].id, by=late)
    house.posts.publish([many[0].creation_id], by=house.accounts.named("mira"), token="press-late")
    house.worker.run_until_idle()
    second = house.search.find("fox", viewer=None, sort="liked", limit=10, after=first.next)

    seen = [post.id for post in [*first.posts, *second.posts]]
    assert len(set(seen)) == 20
    assert [post.like_count for post in [*first.posts, *second.posts]] == sorted(
        (post.like_count for post in [*first.posts, *second.posts]), reverse=True
    )


def test_in_order_there_is_what_is_near_in_meaning_too(gallery, house, find):
    near = find("a red fox in the snow and rain")

    assert near
    assert sorted(find("a red fox in the snow and rain", sort="new")) == sorted(near)


def test_in_order_how_many_there_are_is_counted_beyond_what_is_shown(many, house, amount):
    found = house.search.find("fox", viewer=None, sort="new", limit=3)

    assert (len(found.posts), found.count) == (3, min(30, candidates.FEW + 1))


@pytest.mark.parametrize(("sort", "index"), [("liked", "posts_liked"), ("new", "posts_fresh")])
def test_what_fits_of_many_is_read_in_its_order_from_an_index(many, house, database, monkeypatch, sort, index):
    monkeypatch.setattr(candidates, "FEW", 3)
    asked, rows = [], Transaction.rows
    monkeypatch.setattr(
        Transaction, "rows", lambda self, into, sql, **told: asked.append((sql, told)) or rows(self, into, sql, **told)
    )
    house.search.find("fox kind:people", viewer=None, sort=sort)
    [(sql, told)] = [each for each in asked if f"order by {candidates.ORDER[sort]} limit %(most)s" in each[0]]

    with psycopg.connect(database) as connection:
        connection.execute("set local search_path = pentagram, extensions, public")
        for way in ("seqscan", "bitmapscan", "sort"):
            connection.execute(f"set local enable_{way} = off")
        plan = "\n".join(line for (line,) in connection.execute(f"explain {sql}", told))

    assert f"using {index} on" in plan


def test_a_cursor_that_is_none_is_no_page(many, house):
    with pytest.raises(NotFound):
        house.search.find("fox", viewer=None, sort="new", after="nonsense")


def test_nothing_found_comes_with_the_nearest_topics(gallery, house):
    results = house.search.find("zzgrbl", viewer=None)

    assert (results.posts, results.count) == ([], 0)
    assert set(results.topics) == {"winter", "sea"}
    assert len(house.search.find("zzgrbl", viewer=None, floor=False).posts) == 3


# Who may see what


@pytest.mark.parametrize(
    "hidden_by", ["blocked", "blocking", "mute", "hide", "private", "unlisted", "followers", "sensitive"]
)
@pytest.mark.parametrize("query", ["fox", '"red fox"', "tag:winter", "by:mira"])
def test_what_may_not_be_listed_is_not_found_in_any_way(gallery, house, find, hidden_by, query):
    mira, tom = gallery
    assert "a red fox in snow" in find(query, tom)
    [post_id] = house.db.values("select id from pentagram.posts where account_id = %(by)s", by=mira.id)
    if hidden_by == "blocked":
        house.people.block(mira.name, by=tom)
    elif hidden_by == "blocking":
        house.people.block(tom.name, by=mira)
    elif hidden_by == "mute":
        house.people.mute(mira.name, by=tom)
    elif hidden_by == "hide":
        house.posts.hide(post_id, by=tom)
    elif hidden_by == "sensitive":
        house.db.execute("update pentagram.posts set sensitive = true where id = %(id)s", id=post_id)
    else:
        house.db.execute(
            "update pentagram.posts set visibility = %(visibility)s where id = %(id)s", visibility=hidden_by, id=post_id
        )

    assert "a red fox in snow" not in find(query, tom)
    assert "a red fox in snow" not in find(query, tom, floor=False)


def test_a_prompt_that_its_author_hides_is_out_of_search_at_once(house, post, person):
    mira = person("mira")
    made = post(mira, "a red fox in snow", caption="Guess.")
    house.posts.edit(
        made.id, by=mira, caption="Guess.", tags=[], visibility="public", takes_comments=True, shows_prompt=False,
        seen=None,
    )  # fmt: skip

    assert house.db.value("select count(*) from pentagram.post_vectors") == 0
    assert house.search.find("fox", viewer=None, mode="words").posts == []
    house.worker.run_until_idle()
    assert [found.prompt for found in house.search.find("guess", viewer=None).posts] == [None]
    nearness = house.search.find("a red fox in snow", viewer=None, mode="semantic", floor=False).posts[0].similarity
    assert nearness < 0.5


def test_an_edit_is_found_and_what_it_said_before_is_not(house, post, person, find):
    mira = person("mira")
    made = post(mira, "a boat", caption="harbour")
    house.posts.edit(
        made.id, by=mira, caption="lagoon", tags=["calm"], visibility="public", takes_comments=True, shows_prompt=True,
        seen=None,
    )  # fmt: skip

    assert find("lagoon calm", mode="words") == ["a boat"]
    assert find("harbour", mode="words") == []


def test_a_new_name_is_found_when_posts_are_read_next(house, post, person, find):
    mira = person("mira")
    post(mira, "a boat")
    house.db.execute("update pentagram.accounts set display_name = 'Zephyrine' where id = %(id)s", id=mira.id)
    house.reader.read_posts()

    assert find("zephyrine", mode="words") == ["a boat"]


# Spaces


class OtherVectors(WordVectors):
    """Another model: other dimensions, and another direction for the same words."""

    model = "other"

    def about(self) -> About:
        return About(self.model, "1", 100)

    def of(self, texts: list[str]) -> list[list[float]]:
        return [[*vector[300:384], *vector[0:16]] for vector in super().of(texts)]


def test_a_changed_model_reads_everything_anew_while_search_goes_on_in_the_space_before(house, build, post, person):
    mira = person("mira")
    for prompt in ("a red fox in snow", "a blue boat"):
        post(mira, prompt)
    changed = build(embeddings=OtherVectors())
    spaces = Spaces(changed.db, OtherVectors(), lambda _: WordVectors())
    changed.search._spaces = changed.reader._spaces = spaces

    spaces.settle()
    [old, new] = spaces.live(changed.db)
    assert (old.state, new.state, new.dimensions) == ("serving", "filling", 100)
    assert changed.search.find("a blue boat", viewer=None).posts[0].similarity == pytest.approx(1, abs=0.01)

    changed.reader.fill_space()

    assert [space.model for space in spaces.live(changed.db)] == ["other"]
    assert changed.search.find("a blue boat", viewer=None).posts[0].similarity == pytest.approx(1, abs=0.01)
    assert changed.db.values("select distinct space_id from pentagram.post_vectors") == [new.id]
    assert changed.db.values("select distinct space_id from pentagram.prompt_vectors") == [new.id]


def test_filling_goes_on_where_it_was_cut_off(house, build, post, person, monkeypatch):
    mira = person("mira")
    for number in range(3):
        post(mira, f"boat number {number}")
    changed = build(embeddings=OtherVectors())
    changed.reader._spaces = spaces = Spaces(changed.db, OtherVectors(), lambda _: WordVectors())
    spaces.settle()
    monkeypatch.setattr("services.discovery.reader.STRIDE", 1)
    [_, new] = spaces.live(changed.db)
    changed.reader.fill_some(new)
    assert changed.db.value("select count(*) from pentagram.post_vectors where space_id = %(id)s", id=new.id) == 1

    changed.reader.fill_space()

    assert changed.db.value("select count(*) from pentagram.post_vectors") == 3


class Gone(WordVectors):
    """A model whose folder is there no more."""

    def __init__(self) -> None:
        self.tries = 0

    def about(self) -> About:
        self.tries += 1
        time.sleep(0.05)
        raise Unavailable("It does not load.")


def test_a_model_that_is_gone_keeps_no_post_from_being_read_and_is_tried_once(build, post, paint, person):
    mira = person("mira")
    post(mira, "a red fox in snow")
    [picture] = paint(mira, "a blue boat").creations
    changed, gone = build(embeddings=OtherVectors()), Gone()
    changed.search._spaces = changed.reader._spaces = Spaces(changed.db, OtherVectors(), lambda _: gone)
    changed.posts.publish([picture.id], by=mira, token="press-one")
    changed.reader.read_posts()

    assert changed.reader.unread() == 0
    assert [found.prompt for found in changed.search.find("boat", viewer=None).posts] == ["a blue boat"]
    changed.reader.fill_space()
    assert changed.search.find("a red fox in snow", viewer=None).posts[0].similarity == pytest.approx(1, abs=0.01)
    assert gone.tries == 1


def test_a_model_that_is_gone_is_tried_once_by_however_many_at_once(house, post, person):
    post(person("mira"), "a red fox in snow")
    gone, together = Gone(), threading.Barrier(4)
    spaces = Spaces(house.db, OtherVectors(), lambda _: gone)
    space = spaces.serving(house.db)

    def ask(_):
        together.wait(10)
        with pytest.raises(Unavailable):
            spaces.model_of(space)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(ask, range(4)))

    assert gone.tries == 1


def test_a_model_whose_version_changed_under_its_name_is_never_compared_with(house, post, person):
    post(person("mira"), "a red fox")
    space = house.spaces.serving(house.db)
    house.db.execute("update pentagram.spaces set revision = 'another'")

    assert house.spaces.serving(house.db).revision == "another"
    with pytest.raises(Unavailable):
        house.spaces.model_of(house.spaces.serving(house.db))
    assert [found.similarity for found in house.search.find("fox", viewer=None).posts] == [None]
    assert space is not None


def test_without_the_model_words_still_find(house, post, person, monkeypatch, find):
    post(person("mira"), "a red fox")

    def refuse(texts):
        raise Unavailable("It is away.")

    monkeypatch.setattr(house.embeddings, "of", refuse)

    assert find("fox") == ["a red fox"]


def test_a_query_is_read_once(house, post, person, monkeypatch, find):
    post(person("mira"), "a red fox")
    asked = []
    answer = house.embeddings.of
    monkeypatch.setattr(house.embeddings, "of", lambda texts: asked.append(texts) or answer(texts))

    find("a fox")
    find("a fox")

    assert asked == [["a fox"]]


def test_many_search_and_post_at_once(house, paint, person):
    mira = person("mira")
    pictures = [paint(mira, f"a fox number {number}").creations[0].id for number in range(4)]
    faults: list[BaseException] = []

    def publish_and_find(number: int) -> None:
        try:
            house.posts.publish([pictures[number]], by=mira, token=f"press-{number:03}")
            house.reader.read_posts()
            assert house.search.find("fox", viewer=None).posts
        except BaseException as fault:  # noqa: BLE001 - told below
            faults.append(fault)

    threads = [threading.Thread(target=publish_and_find, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert faults == []
    assert len(house.search.find("fox", viewer=None).posts) == 4
    assert house.reader.unread() == 0


# By example


def test_a_picture_file_leads_to_posts_of_the_same_picture_and_of_its_prompt(house, post, person):
    mira = person("mira")
    made = post(mira, "a red fox in snow")
    other = post(mira, "a red fox in rain")
    full = house.storage.get(
        house.db.value("select picture_key from pentagram.creations where id = %(id)s", id=made.creation_id)
    )

    example = house.search.by_file(full, viewer=None)

    assert example.prompt == "a red fox in snow"
    assert made.id in [found.id for found in example.same]
    assert [found.id for found in example.results.posts] == [made.id, other.id]


def test_a_picture_without_words_leads_to_what_looks_the_same(house, post, person):
    made = post(person("mira"), "a red fox in snow")
    key = house.db.value("select picture_key from pentagram.creations where id = %(id)s", id=made.creation_id)
    smaller = io.BytesIO()
    Image.open(io.BytesIO(house.storage.get(key))).resize((128, 128)).save(smaller, "PNG")

    example = house.search.by_file(smaller.getvalue(), viewer=None)

    assert (example.prompt, example.results) == (None, None)
    assert [found.id for found in example.same] == [made.id]
    with pytest.raises(UserError):
        house.search.by_file(b"no picture", viewer=None)


def test_posts_of_almost_the_same_picture_are_duplicates(house, paint, person, post):
    mira = person("mira")
    [picture] = paint(mira, "a red fox").creations
    first, second = (house.posts.publish([picture.id], by=mira, token=f"press-{n:03}") for n in (1, 2))
    post(mira, "abstract geometric pattern in black and cyan")

    assert [found.id for found in house.search.duplicates(first.id, viewer=None)] == [second.id]
    house.posts.delete(second.id, by=mira)
    assert house.search.duplicates(first.id, viewer=None) == []


def test_a_map_has_all_that_was_read_on_it(gallery, house):
    found = house.search.find("fox", viewer=None, floor=False).posts

    assert {spot.id for spot in house.search.place(found)} == {each.id for each in found}
    assert house.search.place([]) == []


# One's own


def test_ones_own_prompts_are_found_posted_or_not_and_nobody_elses(house, paint, person):
    mira, tom = person("mira"), person("tom")
    fox, boat = paint(mira, "a red fox in snow"), paint(mira, "a blue boat")
    paint(tom, "a red fox in rain")

    assert house.search.own("fox", by=mira) == [fox.id]
    assert house.search.own("boats", by=mira) == [boat.id]
    assert house.search.own('"blue boat"', by=mira) == [boat.id]
    assert house.search.own("red -snow", by=mira) == []


# Saved searches


def test_a_new_post_that_fits_a_saved_search_is_told_once_a_search(house, post, person):
    mira, tom = person("mira"), person("tom")
    house.searches.save("fox tag:winter", by=mira)
    post(tom, "a red fox in snow", tags=["winter"])
    post(tom, "a fox in summer")
    latest = post(tom, "two foxes", tags=["winter"])

    [notice] = house.notifications.page(by=mira).items
    assert (notice.kind, notice.post_id, notice.details["query"]) == ("search", latest.id, "fox tag:winter")
    assert notice.sentence == "There is something new for your search “fox tag:winter”"
    assert notice.unread


def test_nobody_is_told_of_what_is_their_own_not_for_them_or_turned_off(house, post, person):
    mira, tom, eve = person("mira"), person("tom"), person("eve")
    for account in (mira, tom, eve):
        house.searches.save("fox", by=account)
    house.people.block(tom.name, by=eve)
    house.notifications.choose(by=mira, kind="search", wanted=False)
    post(tom, "a red fox")

    for account in (mira, tom, eve):
        assert house.notifications.page(by=account).items == []


def test_what_is_brought_from_earlier_is_no_news(house, paint, person):
    mira, tom = person("mira"), person("tom")
    house.searches.save("fox", by=mira)
    [picture] = paint(tom, "a red fox").creations
    house.posts.publish([picture.id], by=tom, token="press-one", made_at=datetime(2026, 1, 1, tzinfo=UTC))
    house.worker.run_until_idle()

    assert house.notifications.page(by=mira).items == []


def test_saved_searches_are_kept_once_and_taken_away_by_their_owner_alone(house, person, monkeypatch):
    mira, tom = person("mira"), person("tom")
    saved = house.searches.save("a fox", by=mira)
    assert house.searches.save("  a   fox ", by=mira).id == saved.id
    assert [each.query for each in house.searches.saved(by=mira)] == ["a fox"]
    with pytest.raises(NotFound):
        house.searches.unsave(saved.id, by=tom)
    monkeypatch.setattr("services.discovery.saved.MOST_SAVED", 1)
    with pytest.raises(UserError, match="take one away"):
        house.searches.save("a boat", by=mira)
    house.searches.unsave(saved.id, by=mira)
    assert house.searches.saved(by=mira) == []


def test_the_last_ten_searches_are_remembered_until_forgotten(house, person):
    mira = person("mira")
    for number in range(12):
        house.searches.remember(f"fox {number}", by=mira)
    house.searches.remember("fox 5", by=mira)

    recent = house.searches.recent(by=mira)

    assert (len(recent), recent[:2], "fox 1" in recent) == (10, ["fox 5", "fox 11"], False)
    house.searches.forget("fox 5", by=mira)
    assert "fox 5" not in house.searches.recent(by=mira)
    house.searches.forget_all(by=mira)
    assert house.searches.recent(by=mira) == []


def test_posts_have_no_readers_in_a_house_that_wants_none(house, paint, person):
    mira = person("mira")
    [picture] = paint(mira).creations
    alone = Posts(house.db, house.posts._gate, house.posts._copies)

    assert alone.publish([picture.id], by=mira, token="press-one").mine
    assert house.reader.unread() == 1
    house.reader.resume()
    house.worker.run_until_idle()
    assert house.reader.unread() == 0
