"""Bringing along and taking away, on a real database, storage and worker; and an account that leaves nothing behind."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image, PngImagePlugin
from psycopg.conninfo import conninfo_to_dict
from typer.testing import CliRunner

import manage
from services.bootstrap import Pentagram
from services.community import accounts
from services.community.accounts import Account
from services.errors import ConfigurationError, NotFound, TooMany, Unavailable, UserError
from services.safety.pictures import ALLOWED, BLOCKED, SENSITIVE, PictureGate
from services.safety.prompts import PromptGate
from services.safety.verdicts import Verdict
from services.studio.reading import read_provenance, without_prompt
from services.transfer import bringing as bringing_module
from services.transfer import bundles, exporting, importing, parts, zips
from services.transfer.bringing import KEPT_PRIVATE, KNOWN, KNOWN_POST, NO_PICTURES, Bringing
from services.transfer.importing import CALLED_OFF, Importing
from services.transfer.pixels import decoded, hash_of
from services.transfer.taking import Taking
from tests.conftest import PASSWORD_HASH
from tests.fakes.clock import FakeClock

DAY = 24 * 3600
PARAMETERS = (
    "a lighthouse on a cliff\nNegative prompt: rain\n"
    "Steps: 20, Sampler: Euler, CFG scale: 7.5, Seed: 4242, Size: 300x200, Model: dreamer"
)


class RedGate(PictureGate):
    """Judges by one pixel: red is blocked, yellow is marked, the rest passes."""

    def __init__(self) -> None:
        super().__init__(None)

    def check(self, image: Image.Image) -> Verdict:
        red, green, blue = image.getpixel((1, 1))
        if red < 200 or blue > 100:
            return ALLOWED
        return SENSITIVE if green > 200 else BLOCKED


class Killed(BaseException):
    """The worker's process ended here."""


@pytest.fixture
def mira(person: Callable[[str], Account]) -> Account:
    return person("mira")


@pytest.fixture
def tom(person: Callable[[str], Account]) -> Account:
    return person("tom")


@pytest.fixture
def watched(house: Pentagram) -> Importing:
    """Where a picture gate looks at what comes in."""
    taking = Taking(house.db, house.storage, house.jobs, house.clock)
    looking = Bringing(
        house.db, taking, PromptGate(), RedGate(), house.removed_pictures, house.studio, house.studio, house.painting,
        house.posts,
    )  # fmt: skip
    return Importing(house.db, house.storage, house.jobs, house.clock, looking)


@pytest.fixture
def bring(house: Pentagram, watched: Importing) -> Callable[..., Any]:
    """Brings a file along and lets the worker finish it: `bring(file, tom)`."""

    def do(file: bytes, by: Account, **options: Any) -> Any:
        begun = watched.begin("brought", file, by=by, **options)
        house.worker.run_until_idle()
        return watched.get(begun.id, by=by)

    return do


@pytest.fixture
def take(house: Pentagram) -> Callable[[Account], bytes]:
    """The archive of somebody's account."""

    def do(by: Account) -> bytes:
        begun = house.exporting.begin(by=by)
        house.worker.run_until_idle()
        with house.exporting.open(begun.id, by=by) as file:
            return file.read()

    return do


def picture(colour: Any = "blue", form: str = "PNG", size: tuple[int, int] = (300, 200), **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, form, **options)
    return file.getvalue()


def painted_elsewhere(colour: Any = "blue") -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("parameters", PARAMETERS)
    return picture(colour, pnginfo=notes)


def zipped(*entries: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, data in entries:
            made.writestr(name, data)
    return file.getvalue()


def lines(*told: object) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in told)


def several(count: int) -> bytes:
    return zipped(*((f"{number} sea.png", picture((0, 0, 40 * number))) for number in range(count)))


def document(archive: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        return dict(json.loads(opened.read("account.json")))


def edited(archive: bytes, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return zipped(*change({name: opened.read(name) for name in opened.namelist()}).items())


def items(house: Pentagram, found: Any, by: Account) -> list[Any]:
    return house.importing.items(found.id, by=by, limit=100).items


def told(house: Pentagram, found: Any, by: Account) -> list[tuple[str, str]]:
    return [(item.state, item.reason) for item in items(house, found, by)]


def posts(house: Pentagram, by: Account) -> list[Any]:
    return house.feeds.of_account(by.id, viewer=by).items


def files(house: Pentagram, folder: str = "") -> list[Path]:
    return [path for path in (house.settings.home / "storage" / folder).rglob("*") if path.is_file()]


def archive_files(house: Pentagram) -> list[Path]:
    return files(house, "archives")


def hasten(house: Pentagram, begun: Any) -> None:
    """What waits for a later hour goes on now."""
    with house.db.transaction() as tx:
        house.jobs.hasten(tx, [str(begun.id)])
    house.worker.run_until_idle()


# There and back


@pytest.fixture
def full(house: Pentagram, mira: Account, paint: Callable[..., Any], person: Callable[[str], Account]) -> Any:
    """An account with a little of everything."""
    ann = person("ann")
    pair, fox = paint(mira, "two hares", count=2, seed=5), paint(mira, "a fox, in “snow”\nand ice")
    house.history.keep(fox.id, by=mira, favourite=True)
    house.history.rate(fox.creations[0].id, by=mira, stars=4)
    first = house.posts.publish(
        [fox.creations[0].id], by=mira, token="press-one", caption="First @ann <b>", tags=["snow", "fox"],
        alts=["A fox"], shows_prompt=False,
    )  # fmt: skip
    house.posts.publish(
        [each.id for each in pair.creations[::-1]], by=mira, token="press-two", caption="Second", tags=["hare"],
        visibility="followers", takes_comments=False, alts=["", "The other hare"], remix_of=first.id,
    )  # fmt: skip
    house.posts.publish([pair.creations[0].id], by=mira, token="press-three", caption="Third", visibility="unlisted")
    taken_back = house.posts.publish([fox.creations[0].id], by=mira, token="press-four", caption="No more")
    house.posts.delete(taken_back.id, by=mira)
    theirs = house.posts.publish([paint(ann, "a boat").creations[0].id], by=ann, token="press-one")
    house.posts.like(theirs.id, by=mira)
    house.comments.write(theirs.id, "Nice boat", by=mira, token="press-one")
    house.people.follow("ann", by=mira)
    house.collections.save(theirs.id, by=mira)
    return theirs


def comparable(archive: bytes) -> dict[str, Any]:
    """Of prompts, pictures and posts all that has to be the same; ids by what they refer to."""
    told = document(archive)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        pixels = {
            each["id"]: hash_of(opened.read(each["file"])).hex()
            for prompt in told["prompts"]
            for each in prompt["creations"]
        }
    captions = {post["id"]: post["caption"] for post in told["posts"]}
    return {
        "prompts": [
            {name: prompt[name] for name in ("prompt", "negative", "width", "height", "favourite", "created_at")}
            | {
                "creations": [
                    (pixels[each["id"]], each["seed"], each["position"], each["rating"], each["model"], each["width"])
                    for each in prompt["creations"]
                ]
            }
            for prompt in told["prompts"]
        ],
        "posts": [
            {
                name: post[name]
                for name in ("caption", "tags", "visibility", "shows_prompt", "takes_comments", "created_at")
            }
            | {
                "pictures": [(pixels[each["creation"]], each["alt"]) for each in post["pictures"]],
                "remix_of": captions.get(post["remix_of"]),
            }
            for post in told["posts"]
        ],
    }


def test_what_is_taken_away_and_brought_along_twice_is_the_same(house, mira, tom, person, full, take, bring):
    before = take(mira)

    brought = bring(before, tom)
    between = take(tom)
    again = person("uma")
    bring(between, again)

    assert (brought.state, brought.total, brought.done) == ("done", 6, 6)
    assert comparable(before) == comparable(between) == comparable(take(again))
    assert [post["caption"] for post in comparable(between)["posts"]] == ["First @ann <b>", "Second", "Third"]
    assert comparable(between)["posts"][1]["remix_of"] == "First @ann <b>"
    assert [len(request.creations) for request in house.studio.mine(by=tom)] == [1, 2]


def test_an_archive_holds_everything_of_its_account_and_of_nobody_else(house, mira, full, take):
    archive = take(mira)
    told = document(archive)

    assert (told["format"], told["version"], told["profile"]["name"]) == ("pentagram-account", 1, "mira")
    assert [comment["body"] for comment in told["comments"]] == ["Nice boat"]
    assert told["comments"][0]["author_of_post"] == "ann"
    assert [like["post"] for like in told["likes"]] == [str(full.id)]
    assert [(board["title"], [each["author"] for each in board["posts"]]) for board in told["collections"]] == [
        ("Saved", ["ann"])
    ]
    assert [person["name"] for person in told["follows"]] == ["ann"]
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        [fox] = [prompt for prompt in told["prompts"] if "fox" in prompt["prompt"]]
        key = house.studio.mine(by=mira)[0].creations[0].picture_key
        assert opened.read(fox["creations"][0]["file"]) == house.storage.get(key)
        assert len(opened.namelist()) == 1 + 3
    assert "a boat" not in [prompt["prompt"] for prompt in told["prompts"]]


def test_an_archive_brought_to_its_own_account_changes_nothing(house, mira, full, take, bring):
    before = take(mira)

    brought = bring(before, mira)

    assert (brought.state, brought.total, brought.skipped) == ("done", 6, 6)
    assert {item.reason for item in items(house, brought, mira)} == {KNOWN, KNOWN_POST}
    assert comparable(take(mira)) == comparable(before)


def test_a_post_that_was_deleted_comes_back_with_the_pictures_that_are_still_there(house, mira, full, take, bring):
    before = take(mira)
    for post in posts(house, mira):
        house.posts.delete(post.id, by=mira)

    brought = bring(before, mira)

    assert (brought.done, brought.skipped) == (3, 3)
    assert comparable(take(mira)) == comparable(before)


def test_what_is_brought_along_takes_its_place_in_time_and_tells_nobody(house, mira, tom, full, take, bring, paint):
    before = take(mira)
    ann = house.accounts.named("ann")
    unread = house.notifications.unread_count(by=ann)
    newest = house.posts.publish([paint(tom).creations[0].id], by=tom, token="press-one")

    bring(before, tom)

    assert posts(house, tom)[0].id == newest.id
    assert house.feeds.page("fresh", viewer=None).items[0].id == newest.id
    assert house.notifications.unread_count(by=ann) == unread


def test_pictures_of_one_archive_that_look_the_same_are_two_still(house, mira, tom, paint, take, bring):
    paint(mira, "a fox", count=2)

    def twins(entries: dict[str, bytes]) -> dict[str, bytes]:
        told, first, second = sorted(entries)
        return {told: entries[told], first: entries[first], second: entries[first]}

    archive = edited(take(mira), twins)

    assert bring(archive, tom).done == 2
    assert len(house.studio.mine(by=tom)[0].creations) == 2
    assert bring(archive, tom).skipped == 2


def test_nothing_comes_from_the_future(house, mira, tom, paint, take, bring):
    house.posts.publish([paint(mira).creations[0].id], by=mira, token="press-one")
    year = str(datetime.now(UTC).year).encode()

    def tomorrow(entries: dict[str, bytes]) -> dict[str, bytes]:
        told = entries["account.json"].replace(b'"created_at" : "' + year, b'"created_at" : "2999')
        assert b"2999" in told
        return entries | {"account.json": told}

    assert bring(edited(take(mira), tomorrow), tom).done == 2
    [post] = posts(house, tom)
    assert post.created_at <= datetime.now(UTC)
    assert (post.id.int >> 80) / 1000 <= datetime.now(UTC).timestamp()


def test_what_a_moderator_took_down_is_taken_along_and_does_not_come_back(house, mira, tom, paint, take, bring):
    post = house.posts.publish([paint(mira).creations[0].id], by=mira, token="press-one")
    house.db.execute("update pentagram.posts set removed_at = now() where id = %(id)s", id=post.id)
    archive = take(mira)

    brought = bring(archive, tom)

    assert document(archive)["posts"][0]["removed"]
    assert (brought.done, brought.failed) == (1, 1)
    assert posts(house, tom) == []


def test_a_post_comes_with_what_is_left_of_its_pictures(house, mira, full, tom, take, bring):
    archive = take(mira)
    [second] = [post for post in document(archive)["posts"] if post["caption"] == "Second"]
    lost = f"pictures/{second['pictures'][0]['creation']}.webp"
    archive = edited(archive, lambda entries: {name: data for name, data in entries.items() if name != lost})

    found = items(house, bring(archive, tom), tom)

    assert "1 of its 2 pictures could not be brought along." in [item.reason for item in found]
    assert [post.picture_count for post in posts(house, tom)] == [1, 1, 1]


def test_a_post_without_any_of_its_pictures_is_none(house, mira, tom, full, take, bring):
    archive = edited(take(mira), lambda entries: {"account.json": entries["account.json"]})

    found = items(house, bring(archive, tom), tom)

    assert [item.reason for item in found if item.kind == "post"] == [NO_PICTURES] * 3
    assert house.studio.mine(by=tom) == []


# Exporting


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (parts, exporting):
        monkeypatch.setattr(module, "PART_BYTES", 5_000)


def test_an_archive_of_many_parts_is_one_zip(house, mira, full, take, small_parts):
    archive = take(mira)

    assert len(archive_files(house)) > 5
    assert len(document(archive)["prompts"]) == 2


def work_on(work: Callable[..., None], **arguments: str) -> None:
    for _ in range(20):
        work(**arguments)


@pytest.mark.parametrize("puts", range(1, 8))
def test_an_export_that_is_cut_off_anywhere_goes_on_and_holds_everything_once(
    house, mira, full, small_parts, monkeypatch, puts
):
    begun = house.exporting.begin(by=mira)
    kept, put = [], house.storage.put

    def cut_off(key: str, data: bytes) -> None:
        put(key, data)
        kept.append(key)
        if len(kept) == puts:
            raise Killed

    monkeypatch.setattr(house.storage, "put", cut_off)
    with pytest.raises(Killed):
        work_on(house.exporting.work, export_id=str(begun.id))
    house.worker.run_until_idle()

    export = house.exporting.get(begun.id, by=mira)
    with house.exporting.open(begun.id, by=mira) as file:
        archive = file.read()
    names = zipfile.ZipFile(io.BytesIO(archive)).namelist()
    assert (export.state, export.total, export.done, export.bytes) == ("ready", 3, 3, len(archive))
    assert len(names) == len(set(names)) == 4
    assert document(archive)


def test_a_storage_that_does_not_answer_is_waited_for(house, mira, full, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(house.storage, "put", away)
        begun = house.exporting.begin(by=mira)
        house.worker.run_until_idle()
        waiting = house.exporting.get(begun.id, by=mira)

    hasten(house, begun)

    assert (waiting.state, waiting.note) == ("waiting", "The storage is away.")
    assert house.exporting.get(begun.id, by=mira).state == "ready"
    assert house.exporting.get(begun.id, by=mira).note == ""


def away(*_: object) -> None:
    raise Unavailable("The storage is away.")


def test_an_archive_is_there_for_its_owner_for_a_day(build, person):
    clock = FakeClock()
    house = build(clock=clock)
    mira, tom = (house.accounts.register(name, PASSWORD_HASH) for name in ("mira", "tom"))
    begun = house.exporting.begin(by=mira)
    with pytest.raises(UserError, match="not ready"):
        house.exporting.open(begun.id, by=mira)
    house.worker.run_until_idle()

    for wrong in (house.exporting.get, house.exporting.open, house.exporting.forget):
        with pytest.raises(NotFound):
            wrong(begun.id, by=tom)
    assert house.exporting.mine(by=tom) == []
    clock.advance(DAY - 1)
    house.exporting.end(export_id=str(begun.id))
    assert house.exporting.open(begun.id, by=mira).read(2) == b"PK"
    clock.advance(2)
    with pytest.raises(NotFound, match="not kept any more"):
        house.exporting.open(begun.id, by=mira)
    house.exporting.end(export_id=str(begun.id))
    house.worker.run_until_idle()
    assert archive_files(house) == []
    assert house.exporting.mine(by=mira)[0].expires_at is None


def test_asking_twice_is_one_export_and_a_new_one_replaces_the_old(house, mira):
    first = house.exporting.begin(by=mira)
    assert house.exporting.begin(by=mira).id == first.id
    house.worker.run_until_idle()
    old = archive_files(house)

    second = house.exporting.begin(by=mira)
    house.worker.run_until_idle()

    assert [each.id for each in house.exporting.mine(by=mira)] == [second.id]
    assert not set(old) & set(archive_files(house))
    house.exporting.forget(second.id, by=mira)
    house.worker.run_until_idle()
    assert archive_files(house) == []


def test_a_picture_that_is_deleted_meanwhile_is_left_out(house, mira, full):
    begun = house.exporting.begin(by=mira)
    house.exporting.work(export_id=str(begun.id))
    gone = house.studio.mine(by=mira)[0].creations[0]
    house.studio.delete(gone.id, by=mira, from_posts=True)
    house.worker.run_until_idle()

    with house.exporting.open(begun.id, by=mira) as file:
        names = zipfile.ZipFile(file).namelist()  # type: ignore[arg-type]
    assert f"pictures/{gone.id}.webp" not in names
    assert len(names) == 3


# Pictures from elsewhere


def test_pictures_become_prompts_and_posts_with_what_their_files_say(house, tom, bring):
    brought = bring(zipped(("a.png", painted_elsewhere()), ("my_red-boat.jpg", picture("green", "JPEG"))), tom)

    boat, light = posts(house, tom)
    assert (brought.total, brought.done) == (2, 2)
    assert [item.post_id for item in items(house, brought, tom)] == [light.id, boat.id]
    assert (light.prompt, light.visibility, light.seed) == ("a lighthouse on a cliff", "public", 4242)
    assert boat.prompt == "my red boat"
    recipe = house.posts.recipe(light.id, viewer=tom)
    assert (recipe.negative, recipe.guidance, recipe.model, recipe.engine) == ("rain", 7.5, "dreamer", "import")
    said = read_provenance(house.storage.get(light.picture_key))
    assert said is not None
    assert (said.prompt, said.steps, said.seed, said.identifier) == (
        "a lighthouse on a cliff", 20, 4242, str(light.creation_id)
    )  # fmt: skip
    assert house.search.find("lighthouse", viewer=None).posts[0].id == light.id


def test_every_picture_is_known_again_however_it_comes(house, mira, paint, bring):
    own = house.storage.get(paint(mira).creations[0].picture_key)
    png = io.BytesIO()
    decoded(own).save(png, "PNG")
    bring(zipped(("a.png", painted_elsewhere())), mira)

    again = bring(
        zipped(
            ("kept.webp", own), ("bare.webp", without_prompt(own)), ("other.png", png.getvalue()),
            ("a.png", painted_elsewhere()), ("b.png", picture()), ("c.bmp.png", picture("green")),
        ),
        mira,
    )  # fmt: skip

    assert told(house, again, mira) == [*[("skipped", KNOWN)] * 5, ("done", "")]
    [original] = house.studio.mine(by=mira)[-1].creations
    assert [item.creation_id for item in items(house, again, mira)[:3]] == [original.id] * 3
    assert items(house, again, mira)[3].post_id == posts(house, mira)[1].id
    assert len(house.studio.mine(by=mira)) == 3


def test_a_file_that_came_before_is_known_without_being_opened(house, mira, bring, monkeypatch):
    bring(zipped(("a.png", painted_elsewhere())), mira)
    monkeypatch.setattr(bringing_module, "opened_apart", lambda _: pytest.fail("It was opened."))

    assert bring(zipped(("b.png", painted_elsewhere())), mira).skipped == 1


def test_what_others_have_is_no_picture_of_mine(house, mira, tom, bring):
    bring(zipped(("a.png", picture())), mira)

    assert bring(zipped(("a.png", picture())), tom).done == 1


def test_what_came_twice_in_one_file_is_there_once(house, tom, bring):
    brought = bring(zipped(("a.png", picture()), ("b.png", picture())), tom)

    assert told(house, brought, tom) == [("done", ""), ("skipped", KNOWN)]


def test_a_picture_that_was_deleted_may_come_again(house, tom, bring):
    bring(zipped(("a.png", picture())), tom)
    house.studio.delete(house.studio.mine(by=tom)[0].creations[0].id, by=tom, from_posts=True)
    house.worker.run_until_idle()

    assert bring(zipped(("a.png", picture())), tom).done == 1


def test_words_and_pictures_pass_the_gates_and_what_is_refused_says_why(house, tom, bring):
    brought = bring(
        zipped(
            ("explicit porn.png", picture()), ("a.png", picture("red")), ("b.png", picture("yellow")),
            ("c.png", b"no picture"), ("d.png", picture("green")),
        ),
        tom,
    )  # fmt: skip

    states = told(house, brought, tom)
    assert [state for state, _ in states] == ["failed", "failed", "done", "failed", "done"]
    assert "does not paint" in states[0][1]
    assert states[1][1] == BLOCKED.reason
    assert "cannot be opened" in states[3][1]
    assert [post.sensitive for post in posts(house, tom)] == [False, True]
    assert house.db.value("select count(*) from pentagram.creations") == 2
    assert len(files(house)) == 4


def test_where_nothing_looks_at_pictures_a_member_s_stay_private_and_that_is_told(house, tom, person):
    moderator = house.accounts.set_role(person("ann").name, "moderator")
    begun = {by.name: house.importing.begin("a.png", picture(), by=by) for by in (tom, moderator)}
    own = house.importing.begin("a.png", picture("green"), by=tom, private=True)
    house.worker.run_until_idle()

    assert told(house, begun["tom"], tom) == [("done", KEPT_PRIVATE)]
    assert told(house, own, tom) == [("done", "")]
    assert {post.visibility for post in posts(house, tom)} == {"private"}
    assert [post.visibility for post in posts(house, moderator)] == ["public"]
    assert house.studio.mine(by=tom)[0].creations[0].unchecked


def test_private_posts_stay_private_through_an_archive_without_a_gate_too(house, mira, tom, full, take):
    begun = house.importing.begin("mine.zip", take(mira), by=tom)
    house.worker.run_until_idle()

    assert {post.visibility for post in posts(house, tom)} == {"private"}
    assert [item.reason for item in items(house, begun, tom) if item.kind == "post"] == [KEPT_PRIVATE] * 3


def test_many_imports_do_not_keep_anybody_from_painting(build, settings, tom):
    house = build(settings=settings.model_copy(update={"pictures_an_hour": 2}))
    house.importing.begin("a.zip", several(5), by=tom)
    house.worker.run_until_idle()

    house.studio.request("a fox", manage.Options(256, 256), by=tom, token="press-one")


# Lines


def test_lines_are_painted_or_posted_in_their_order(house, tom, bring):
    brought = bring(
        lines(
            {"id": "a", "prompt": "a fox", "tags": ["snow"]}, {"id": 2, "prompt": "explicit porn"}, {"prompt": "a boat"}
        ),
        tom,
    )

    boat, fox = posts(house, tom)
    assert [(item.told_id, item.state) for item in items(house, brought, tom)] == [
        ("a", "done"), (2, "failed"), (None, "done")
    ]  # fmt: skip
    assert (fox.prompt, fox.tags, fox.visibility, boat.prompt) == ("a fox", ["snow"], "public", "a boat")
    assert house.studio.mine(by=tom)[0].engine == "painter"


def test_whoever_asked_for_enough_waits_and_the_operator_does_not(build, settings, tom):
    house = build(settings=settings.model_copy(update={"pictures_an_hour": 1}))
    file = lines({"prompt": "a fox"}, {"prompt": "a boat"}, {"prompt": "a hare"})

    begun = house.importing.begin("p.jsonl", file, by=tom)
    house.worker.run_until_idle()
    waiting = house.importing.get(begun.id, by=tom)
    house.importing.cancel(begun.id, by=tom)
    by_operator = house.importing.begin("p.jsonl", file, by=tom, by_operator=True)
    house.worker.run_until_idle()

    assert waiting.state == "working"
    assert waiting.left >= 2
    assert "within an hour" in waiting.note
    assert house.importing.get(by_operator.id, by=tom).done == 3


def test_odd_characters_keep_nothing_out_of_the_database(house, tom, bring):
    file = b'{"id": "\\u0000\\ud800", "prompt": "a fox\\u0000 \\ud83d\\ude00", "image": "' + b"\\u0000" * 3 + b'"}\n'

    brought = bring(file + lines({"id": [1], "prompt": "x" * 2001}), tom)

    assert [state for state, _ in told(house, brought, tom)] == ["failed", "failed"]
    assert "2,000 characters" in told(house, brought, tom)[1][1]


# Cut off, called off, away


def killed_at(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, call: int, *, after: bool) -> None:
    real, calls = getattr(owner, name), []

    def cut_off(*args: Any, **options: Any) -> Any:
        calls.append(name)
        if len(calls) == call and not after:
            raise Killed
        answer = real(*args, **options)
        if len(calls) == call:
            raise Killed
        return answer

    monkeypatch.setattr(owner, name, cut_off)


POINTS = [
    ("storage", "put", True), ("storage", "put", False), ("posts", "publish", True), ("posts", "publish", False),
    ("bringing", "_note", False), ("bringing", "_note", True), ("taking", "_begin", True),
    ("taking", "_describe", True), ("taking", "_finish", False), ("taking", "_finish", True),
]  # fmt: skip


@pytest.mark.parametrize(("part", "name", "after"), POINTS)
def test_an_import_that_is_cut_off_anywhere_ends_with_each_thing_once(
    house, watched, tom, monkeypatch, part, name, after
):
    begun = watched.begin("a.zip", several(5), by=tom)
    watched.work(import_id=str(begun.id))
    looking = watched._bringing
    owner = {"storage": house.storage, "posts": house.posts, "bringing": looking, "taking": looking._taking}[part]
    with monkeypatch.context() as patch:
        killed_at(patch, owner, name, 3, after=after)
        with pytest.raises(Killed):
            watched.work(import_id=str(begun.id))
    half = watched.get(begun.id, by=tom)
    house.worker.run_until_idle()

    brought = watched.get(begun.id, by=tom)
    assert half.left > 0
    assert (brought.state, brought.done) == ("done", 5)
    assert [post.id for post in posts(house, tom)] == [item.post_id for item in items(house, begun, tom)][::-1]
    assert house.db.value("select count(*) from pentagram.requests") == 5
    assert house.db.value("select count(*) from pentagram.creations where state = 'ready'") == 5
    assert len(files(house, "pictures")) == len(files(house, "thumbnails")) == 5
    assert archive_files(house) == []


def test_an_account_s_archive_that_is_cut_off_is_the_same_in_the_end(
    house, mira, tom, full, take, watched, monkeypatch
):
    archive = take(mira)
    begun = watched.begin("mine.zip", archive, by=tom)
    watched.work(import_id=str(begun.id))
    for call in (2, 2, 2):
        with monkeypatch.context() as patch:
            killed_at(patch, watched._bringing, "_note", call, after=False)
            with pytest.raises(Killed):
                watched.work(import_id=str(begun.id))
    house.worker.run_until_idle()

    assert comparable(take(tom)) == comparable(archive)


def test_a_prompt_whose_painting_is_cut_off_is_painted_once(house, watched, tom, monkeypatch):
    begun = watched.begin("p.jsonl", lines({"prompt": "a fox"}), by=tom)
    watched.work(import_id=str(begun.id))
    with monkeypatch.context() as patch:
        killed_at(patch, house.painting, "paint", 1, after=True)
        with pytest.raises(Killed):
            watched.work(import_id=str(begun.id))
    house.worker.run_until_idle()

    assert watched.get(begun.id, by=tom).done == 1
    assert house.db.value("select count(*) from pentagram.creations") == len(posts(house, tom)) == 1


def test_a_storage_that_goes_away_half_way_is_waited_for(house, watched, tom, monkeypatch):
    begun = watched.begin("a.zip", several(3), by=tom)
    with monkeypatch.context() as patch:
        patch.setattr(house.storage, "put", away)
        house.worker.run_until_idle()
        waiting = watched.get(begun.id, by=tom)

    hasten(house, begun)

    brought = watched.get(begun.id, by=tom)
    assert (waiting.state, waiting.note, waiting.left) == ("working", "The storage is away.", 3)
    assert (brought.state, brought.note, brought.done) == ("done", "", 3)
    assert house.db.value("select count(*) from pentagram.creations") == 3


@pytest.mark.parametrize("trouble", [Unavailable("The picture gate stopped."), ConfigurationError("It is not there.")])
def test_nothing_comes_in_while_the_picture_gate_does_not_answer(house, watched, tom, monkeypatch, trouble):
    begun = watched.begin("a.zip", several(2), by=tom)
    with monkeypatch.context() as patch:
        patch.setattr(RedGate, "check", refusing(trouble))
        house.worker.run_until_idle()
        assert watched.get(begun.id, by=tom).left == 2
        assert house.db.value("select count(*) from pentagram.creations") == 0

    hasten(house, begun)

    assert watched.get(begun.id, by=tom).done == 2


def refusing(trouble: Exception) -> Callable[..., Any]:
    def check(*_: object) -> Any:
        raise trouble

    return check


def test_what_goes_wrong_with_one_thing_is_an_incident_and_leaves_nothing_of_it(
    house, watched, tom, monkeypatch, caplog
):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("services.transfer.taking.encode", broken)
    begun = watched.begin("a.png", picture(), by=tom)
    house.worker.run_until_idle()

    [(state, reason)] = told(house, begun, tom)
    assert state == "failed"
    assert "incident" in reason
    assert "boom" in caplog.text
    assert house.db.value("select count(*) from pentagram.requests") == 0


def test_what_is_called_off_brings_nothing_more_and_keeps_what_came(house, watched, tom, monkeypatch):
    monkeypatch.setattr(importing, "TASKS_A_JOB", 2)
    begun = watched.begin("a.zip", several(5), by=tom)
    for _ in range(2):
        watched.work(import_id=str(begun.id))

    cancelled = watched.cancel(begun.id, by=tom)
    house.worker.run_until_idle()

    assert (cancelled.state, cancelled.done, cancelled.skipped) == ("cancelled", 2, 3)
    assert {item.reason for item in items(house, begun, tom)} == {"", CALLED_OFF}
    assert len(posts(house, tom)) == 2
    assert watched.cancel(begun.id, by=tom).state == "cancelled"
    assert archive_files(house) == []


def test_what_is_called_off_while_it_is_looked_at_does_not_come_in(house, watched, tom, monkeypatch):
    begun = watched.begin("a.png", picture(), by=tom)
    watched.work(import_id=str(begun.id))
    opened_apart = bringing_module.opened_apart

    def called_off(data: bytes) -> Image.Image:
        watched.cancel(begun.id, by=tom)
        return opened_apart(data)

    monkeypatch.setattr(bringing_module, "opened_apart", called_off)
    house.worker.run_until_idle()

    assert told(house, begun, tom) == [("skipped", CALLED_OFF)]
    assert house.db.value("select count(*) from pentagram.creations") == 0


def test_a_picture_that_is_deleted_while_it_comes_in_leaves_no_file(house, watched, tom, monkeypatch):
    put, seen = house.storage.put, []

    def deleted_meanwhile(key: str, data: bytes) -> None:
        put(key, data)
        if not seen:
            seen.append(key)
            creation_id = house.db.value("select id from pentagram.creations")
            house.studio.delete(creation_id, by=tom)

    begun = watched.begin("a.png", picture(), by=tom)
    monkeypatch.setattr(house.storage, "put", deleted_meanwhile)
    house.worker.run_until_idle()

    assert told(house, begun, tom)[0][0] == "failed"
    assert files(house) == []


# Beginning


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"hello", bundles.NEITHER),
        (b"", bundles.EMPTY),
        (zipped(("a.png", picture()))[:-20], zips.DAMAGED),
    ],
)
def test_what_cannot_be_read_is_refused_at_once_and_nothing_is_kept(house, tom, data, sentence):
    with pytest.raises(UserError) as refused:
        house.importing.begin("x", data, by=tom)

    assert str(refused.value) == sentence
    assert house.importing.mine(by=tom) == []
    assert files(house) == []


def test_a_file_that_is_too_large_is_refused_before_it_is_read(house, tom, monkeypatch):
    monkeypatch.setattr(importing, "LARGEST_BYTES", 1000)

    with pytest.raises(UserError, match="200 MB"):
        house.importing.begin("a.zip", several(5), by=tom)

    assert house.importing.begin("a.zip", several(5), by=tom, by_operator=True).state == "waiting"


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (zipped(("account.json", b"{}")), bundles.EMPTY),
        (zipped(("account.json", b'{"prompts": [{}]}')), "cannot be read"),
        (zipped(("__MACOSX/x", b"")), bundles.EMPTY),
    ],
)
def test_what_turns_out_to_be_unreadable_fails_as_a_whole(house, tom, bring, file, sentence):
    brought = bring(file, tom)

    assert brought.state == "failed"
    assert sentence in brought.note
    assert (brought.total, archive_files(house)) == (0, [])


def test_too_many_things_are_refused_and_none_of_them_kept(house, tom, bring, monkeypatch):
    monkeypatch.setattr(importing, "MOST_ENTRIES", 2)

    brought = bring(lines(*({"prompt": f"fox {number}"} for number in range(3))), tom)

    assert (brought.state, brought.note, brought.total) == ("failed", zips.TOO_MANY, 0)


def test_the_same_file_begun_twice_is_one_import(house, watched, tom):
    answers: list[Any] = []
    begin = lambda: answers.append(watched.begin("a.zip", several(3), by=tom))  # noqa: E731
    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    house.worker.run_until_idle()

    assert len({each.id for each in answers}) == 1
    assert len(answers) == 4
    assert len(posts(house, tom)) == 3


def test_there_is_an_end_to_imports_at_a_time_and_a_day(house, tom, monkeypatch):
    for number in range(3):
        house.importing.begin("a.png", picture((number, 0, 0)), by=tom)
    with pytest.raises(TooMany, match="3 imports under way"):
        house.importing.begin("a.png", picture(), by=tom)
    house.worker.run_until_idle()
    monkeypatch.setattr(importing, "MOST_A_DAY", 3)
    with pytest.raises(TooMany, match="tomorrow"):
        house.importing.begin("a.png", picture(), by=tom)


def test_a_file_that_could_not_be_kept_leaves_no_import(house, tom, monkeypatch):
    monkeypatch.setattr(house.storage, "put", away)

    with pytest.raises(Unavailable):
        house.importing.begin("a.png", picture(), by=tom)

    assert house.importing.mine(by=tom) == []


def test_a_file_whose_arrival_was_cut_off_arrives_when_it_is_sent_again(house, watched, tom, monkeypatch):
    monkeypatch.setattr(parts, "PART_BYTES", 300)
    with monkeypatch.context() as patch:
        killed_at(patch, house.storage, "put", 2, after=True)
        patch.setattr(watched, "_remove", lambda _: None)
        with pytest.raises(Killed):
            watched.begin("a.zip", several(2), by=tom)

    watched.begin("a.zip", several(2), by=tom)
    house.worker.run_until_idle()

    assert [(each.state, each.done) for each in watched.mine(by=tom)] == [("done", 2)]
    assert archive_files(house) == []


# Whose it is


def test_an_import_is_its_owner_s_alone(house, watched, tom, mira):
    begun = watched.begin("a.png", picture(), by=tom)

    for wrong in (watched.get, watched.items, watched.cancel):
        with pytest.raises(NotFound):
            wrong(begun.id, by=mira)
        with pytest.raises(NotFound):
            wrong("no id", by=tom)
    assert watched.mine(by=mira) == []


def test_items_are_paged_in_order_and_by_what_became_of_them(house, watched, tom, bring):
    brought = bring(zipped(("a.png", picture()), ("b.txt", b""), ("c.png", picture("green")), ("d.png", b"x")), tom)

    first = watched.items(brought.id, by=tom, limit=3)
    second = watched.items(brought.id, by=tom, limit=3, after=first.next)

    assert [item.name for item in first.items + second.items] == ["a.png", "b.txt", "c.png", "d.png"]
    assert second.next is None
    assert [item.name for item in watched.items(brought.id, by=tom, state="done").items] == ["a.png", "c.png"]
    assert [item.name for item in watched.items(brought.id, by=tom, state="failed").items] == ["d.png"]
    with pytest.raises(NotFound):
        watched.items(brought.id, by=tom, after="nonsense")


# Tidying up


def test_what_lost_its_job_is_asked_for_again_and_what_is_old_is_forgotten(build):
    clock = FakeClock()
    house = build(clock=clock)
    tom = house.accounts.register("tom", PASSWORD_HASH)
    begun, export = house.importing.begin("a.png", picture(), by=tom), house.exporting.begin(by=tom)
    house.importing.begin("b.png", picture("green"), by=tom)
    house.db.execute("update pentagram.imports set state = 'arriving' where id <> %(id)s", id=begun.id)
    house.db.execute("delete from pentagram.procrastinate_jobs")

    assert (house.importing.sweep(), house.exporting.sweep()) == (1, 1)
    house.worker.run_until_idle()
    assert house.importing.get(begun.id, by=tom).state == "done"
    assert house.exporting.get(export.id, by=tom).state == "ready"

    clock.advance(timedelta(days=2).total_seconds())
    house.importing.sweep()
    house.exporting.sweep()
    house.worker.run_until_idle()
    assert [each.id for each in house.importing.mine(by=tom)] == [begun.id]
    assert archive_files(house) == []

    clock.advance(timedelta(days=30).total_seconds())
    house.importing.sweep()
    house.exporting.sweep()
    assert house.importing.mine(by=tom) == house.exporting.mine(by=tom) == []


# Deleting an account


def everything(house: Pentagram) -> str:
    """Every row of every table, as text."""
    tables = house.db.values(
        """select c.relname from pg_class c where c.relnamespace = 'pentagram'::regnamespace
        and c.relkind in ('r', 'p') and c.relname not like 'procrastinate_%%'"""
    )
    return "\n".join(
        f"{table}: {row}" for table in tables for row in house.db.values(f"select t::text from pentagram.{table} t")
    )


@pytest.fixture
def busy(house: Pentagram, mira: Account, full: Any, watched: Importing, tom: Account) -> Account:
    """Mira, with things under way and traces everywhere."""
    house.db.execute("update pentagram.accounts set email = 'mira@example.com', bio = 'secretword' where name = 'mira'")
    house.accounts.begin_session(mira, device="secretword")
    house.accounts.check_password("mira", "wrong", address="here")
    house.people.report(by=mira, reason="spam", details="secretword", account="tom")
    house.people.report(by=tom, reason="spam", account="mira")
    house.people.follow("mira", by=tom)
    house.people.block("mira", by=house.accounts.register("foe", None))
    post = posts(house, mira)[0]
    house.comments.write(full.id, "secretword", by=mira, token="press-nine")
    house.posts.like(posts(house, mira)[-1].id, by=tom)
    house.collections.save(posts(house, mira)[-1].id, by=tom)
    house.posts.edit(
        post.id, by=mira, caption="secretword", tags=[], visibility="public", takes_comments=True, shows_prompt=True,
        seen=None,
    )  # fmt: skip
    house.exporting.begin(by=mira)
    watched.begin("done.png", picture(), by=mira)
    house.worker.run_until_idle()
    under_way = watched.begin("secretword.zip", several(4), by=mira)
    watched.work(import_id=str(under_way.id))
    return house.accounts.named("mira")


@pytest.mark.parametrize("way", ["delete", "leave"])
def test_of_a_deleted_account_nothing_is_left_but_counts(house, busy, tom, full, way, monkeypatch):
    monkeypatch.setattr(accounts, "GONE_AT_ONCE", 1)
    assert "secretword" in everything(house)
    booked = house.db.value("select count(*) from pentagram.ledger")

    getattr(house.accounts, way)(busy)
    house.worker.run_until_idle()

    left = everything(house)
    for trace in (str(busy.id), "mira", "secretword", "gone_"):
        assert trace not in left
    kept = house.db.values("select unnest(array[picture_key, thumbnail_key]) from pentagram.creations")
    assert {path.name for path in files(house)} == {key.rsplit("/", 1)[1] for key in kept}
    assert house.db.value("select count(*) from pentagram.ledger") == booked
    assert house.db.value("select count(*) from pentagram.ledger where account_id is null") > 0
    assert house.db.value("select count(*) from pentagram.reports where reporter_id is null and note = ''") == 1
    assert house.jobs.unfinished(house.db, task="import") == house.jobs.unfinished(house.db, task="export") == 0
    post = house.posts.get(full.id, viewer=tom)
    assert (post.like_count, post.comment_count, post.save_count) == (0, 0, 0)


def test_whoever_leaves_is_signed_out_and_their_name_free_at_once(house, mira, full):
    token = house.accounts.begin_session(mira)

    house.accounts.leave(mira)

    assert house.accounts.of_session(token) is None
    with pytest.raises(NotFound):
        house.accounts.named("mira")
    other = house.accounts.register("mira", PASSWORD_HASH)
    house.worker.run_until_idle()
    assert house.accounts.named("mira").id == other.id
    assert house.db.value("select count(*) from pentagram.accounts where name like 'gone%%'") == 0


def test_a_picture_that_comes_in_while_its_account_goes_leaves_no_file(house, watched, tom, monkeypatch):
    put, seen = house.storage.put, []

    def gone_meanwhile(key: str, data: bytes) -> None:
        put(key, data)
        if not seen:
            seen.append(key)
            house.accounts.delete(tom)

    watched.begin("a.png", picture(), by=tom)
    monkeypatch.setattr(house.storage, "put", gone_meanwhile)
    house.worker.run_until_idle()

    assert files(house) == []
    assert house.db.value("select count(*) from pentagram.creations") == 0


# The command line


@pytest.fixture
def run(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    told = conninfo_to_dict(database)
    for name, value in {
        "DATABASE_URL": f"postgresql://postgres@/{told['dbname']}?host={quote(str(told['host']), safe='')}",
        "PENTAGRAM_COOKIE_KEY": "Zk3vN8-qLwX0tYr5UaEc7_PbHdJm2Gs9",
        "PENTAGRAM_HOME": str(tmp_path / "home"),
        "PENTAGRAM_SECRETS": str(tmp_path / "secrets.toml"),
    }.items():
        monkeypatch.setenv(name, value)
    return lambda *arguments: CliRunner().invoke(manage.app, [str(each) for each in arguments])


def printed(result: Any) -> list[Any]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_import_posts_a_folder_for_everybody_and_prints_the_ids_in_order(run, house, tom, tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "b.png").write_bytes(painted_elsewhere())
    (folder / "a fox.jpg").write_bytes(picture("green", "JPEG"))

    result = run("import", folder, "--as", "tom", "--json")

    light, fox = posts(house, tom)
    assert result.exit_code == 0, result.output
    assert printed(result) == [
        {"id": "a fox.jpg", "post_id": str(fox.id), "creation_id": str(fox.creation_id)},
        {"id": "b.png", "post_id": str(light.id), "creation_id": str(light.creation_id)},
    ]
    assert (fox.prompt, light.prompt) == ("a fox", "a lighthouse on a cliff")
    assert {fox.visibility, light.visibility} == {"public"}
    assert house.jobs.unfinished(house.db, task="embed") == house.jobs.unfinished(house.db, task="import") == 0
    assert house.db.value("select count(*) from pentagram.prompt_vectors") == 2


def test_import_paints_lines_and_tells_what_failed(run, house, tom, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.png").write_bytes(picture())
    told = tmp_path / "p.jsonl"
    told.write_bytes(
        lines(
            {"id": 1, "prompt": "a fox", "image": "in/a.png"},
            {"prompt": "a sea"},
            {"prompt": "a", "image": "b"},
        )
    )

    result = run("import", told, "--as", "tom", "--private", "--json")

    painted, fox = posts(house, tom)
    assert result.exit_code == 1
    assert printed(result) == [
        {"id": 1, "post_id": str(fox.id), "creation_id": str(fox.creation_id)},
        {"id": None, "post_id": str(painted.id), "creation_id": str(painted.creation_id)},
    ]
    assert {painted.visibility, fox.visibility} == {"private"}
    assert "Line 3: There is no picture called b beside this file." in result.stderr
    assert "Error: 1 of 3 could not be brought along." in result.stderr


def test_export_writes_what_import_brings_back(run, house, mira, tom, full, tmp_path):
    out = tmp_path / "mira.zip"

    [told] = printed(run("export", "--as", "mira", out, "--json"))
    result = run("import", out, "--as", "tom")
    again = run("export", "--as", "tom", tmp_path / "tom.zip")

    assert told == {"file": str(out), "pictures": 3, "bytes": out.stat().st_size}
    assert result.exit_code == 0, result.output
    assert len(result.stdout.splitlines()) == 6
    assert comparable(out.read_bytes()) == comparable((tmp_path / "tom.zip").read_bytes())
    assert "with 3 pictures" in again.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("import", "nowhere", "--as", "tom"), "nowhere cannot be read: No such file"),
        (("import", "pyproject.toml", "--as", "tom"), "nothing that can be brought along"),
        (("import", ".", "--as", "nobody"), "Nobody here is called nobody."),
        (("export", "--as", "nobody", "x.zip"), "Nobody here is called nobody."),
        (("export", "--as", "tom", "/nowhere/x.zip"), "/nowhere/x.zip cannot be written: No such file"),
    ],
)
def test_what_cannot_be_brought_or_taken_is_one_line(run, tom, arguments, sentence):
    result = run(*arguments)

    assert (result.exit_code, result.stdout) == (1, "")
    [line] = result.stderr.splitlines()
    assert sentence in line
