"""Pictures that people bring along, with a real database and storage, and a gate that looks for red."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from services.bootstrap import Pentagram
from services.errors import NotFound, TooMany, Unavailable, UserError
from services.safety.pictures import ALLOWED, BLOCKED, SENSITIVE, PictureGate
from services.safety.verdicts import Verdict
from services.studio import uploads as uploads_module
from services.studio.studio import Options
from services.studio.uploads import MOST_AN_HOUR, Uploads
from tests.fakes.clock import FakeClock

HOUR = 3600


class RedGate(PictureGate):
    """Judges by the first pixel: red is blocked, yellow is marked, the rest passes."""

    def __init__(self) -> None:
        super().__init__(None)
        self.away = False

    def check(self, image: Image.Image) -> Verdict:
        if self.away:
            raise Unavailable("The picture gate stopped.")
        red, green, _ = image.getpixel((1, 1))
        if red < 200:
            return ALLOWED
        return SENSITIVE if green > 200 else BLOCKED


@pytest.fixture
def gate() -> RedGate:
    return RedGate()


@pytest.fixture
def uploads(house: Pentagram, gate: RedGate, clock: FakeClock) -> Uploads:
    return Uploads(house.db, house.storage, house.jobs, gate, house.removed_pictures, clock)


def file(colour: str = "blue", size: tuple[int, int] = (300, 200), form: str = "PNG") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, colour).save(data, form)
    return data.getvalue()


def rows(house: Pentagram) -> int:
    return int(house.db.value("select count(*) from pentagram.uploads"))


def files(house: Pentagram) -> list[str]:
    folder = house.settings.home / "storage" / "uploads"
    return [path.name for path in folder.rglob("*.webp")]


def test_a_picture_is_kept_as_a_plain_file_of_ours(house, uploads, person):
    nova = person("nova")

    upload = uploads.take(file(size=(3000, 2000), form="JPEG"), by=nova)

    assert (upload.width, upload.height, upload.decision) == (2048, 1365, "allow")
    kept = Image.open(io.BytesIO(uploads.bytes_of(upload)))
    assert (kept.format, kept.mode, kept.size) == ("WEBP", "RGB", (2048, 1365))
    assert uploads.get(upload.id, by=nova) == uploads.get(str(upload.id), by=nova) == upload
    assert house.db.value("select phash is not null from pentagram.uploads where id = %(id)s", id=upload.id)


def test_what_the_gate_blocks_is_a_sentence_and_nothing_is_kept(house, uploads, person):
    with pytest.raises(UserError, match="no place here"):
        uploads.take(file("red"), by=person("nova"))

    assert (rows(house), files(house)) == (0, [])


def test_what_the_gate_suspects_is_marked(uploads, person):
    assert uploads.take(file("yellow"), by=person("nova")).decision == "sensitive"


def test_without_a_gate_it_is_said_that_nobody_looked(house, person):
    assert house.uploads.take(file("red"), by=person("nova")).decision == "unchecked"


def test_a_gate_that_does_not_answer_lets_nothing_in(house, uploads, person, gate):
    gate.away = True

    with pytest.raises(Unavailable):
        uploads.take(file(), by=person("nova"))

    assert (rows(house), files(house)) == (0, [])


def test_what_is_no_picture_leaves_nothing_behind(house, uploads, person):
    with pytest.raises(UserError, match="cannot be opened as a picture"):
        uploads.take(b"hello", by=person("nova"))

    assert (rows(house), files(house)) == (0, [])


def test_a_storage_that_does_not_answer_leaves_no_row_behind(house, uploads, person, monkeypatch):
    def away(*_: Any) -> None:
        raise Unavailable("The storage does not answer.")

    monkeypatch.setattr(house.storage, "put", away)

    with pytest.raises(Unavailable, match="storage"):
        uploads.take(file(), by=person("nova"))

    assert rows(house) == 0


def test_nobody_gets_at_the_upload_of_another(uploads, person):
    upload = uploads.take(file(), by=person("nova"))
    mira = person("mira")

    for wanted in (upload.id, str(upload.id), "no id", None):
        with pytest.raises(NotFound):
            uploads.get(wanted, by=mira)


def test_the_same_picture_of_two_people_is_two_files(house, uploads, person):
    keys = {uploads.take(file(), by=person(name)).key for name in ("nova", "mira")}

    assert len(keys) == len(files(house)) == 2


def test_at_most_so_many_an_hour_are_taken_and_then_again(house, uploads, person, clock):
    nova, mira = person("nova"), person("mira")
    taken = uploads.take(file(), by=nova)
    house.db.execute(
        """insert into pentagram.uploads (account_id, key, width, height, decision, phash, created_at)
        select account_id, key || n, width, height, decision, phash, created_at
        from pentagram.uploads, generate_series(2, %(most)s) n where id = %(id)s""",
        most=MOST_AN_HOUR, id=taken.id,
    )  # fmt: skip

    with pytest.raises(TooMany, match="a little later"):
        uploads.take(file(), by=nova)
    uploads.take(file(), by=mira)
    clock.advance(HOUR + 1)
    uploads.take(file(), by=nova)


def test_the_limit_holds_for_those_who_press_twice_at_once(house, uploads, person, monkeypatch):
    monkeypatch.setattr(uploads_module, "MOST_AN_HOUR", 1)
    monkeypatch.setattr(uploads_module, "opened_apart", together(2))
    nova, refused = person("nova"), []

    def take() -> None:
        try:
            uploads.take(file(), by=nova)
        except TooMany as error:
            refused.append(error)

    threads = [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert (rows(house), len(refused), len(files(house))) == (1, 1, 1)


def together(number: int) -> Callable[[bytes], Image.Image]:
    """Opens a picture once so many are waiting for theirs."""
    barrier = threading.Barrier(number, timeout=60)

    def opened(_: bytes) -> Image.Image:
        barrier.wait()
        return Image.new("RGB", (300, 200), "blue")

    return opened


# Sweeping


def request_with(house: Pentagram, upload_id: object, by: Any) -> None:
    request = house.studio.request("a boat", Options(256, 256), by=by, token=f"press-{upload_id}"[:60])
    house.db.execute(
        "update pentagram.requests set upload_id = %(upload)s where id = %(id)s", upload=upload_id, id=request.id
    )


def test_after_a_day_what_no_request_refers_to_is_swept_away_with_its_file(house, uploads, person, clock):
    nova = person("nova")
    old, used = uploads.take(file(), by=nova), uploads.take(file(), by=nova)
    request_with(house, used.id, nova)
    clock.advance(24 * HOUR + 1)
    fresh = uploads.take(file(), by=nova)

    assert uploads.sweep() == 1
    house.worker.run_until_idle()

    assert uploads.sweep() == 0
    assert {uploads.get(kept.id, by=nova) for kept in (used, fresh)} == {used, fresh}
    with pytest.raises(NotFound):
        uploads.get(old.id, by=nova)
    assert {name.split(".")[0] for name in files(house)} == {
        kept.key.split("/")[2].split(".")[0] for kept in (used, fresh)
    }


def test_files_are_swept_when_the_storage_is_back(house, uploads, person, clock, monkeypatch):
    uploads.take(file(), by=person("nova"))
    clock.advance(24 * HOUR + 1)
    with monkeypatch.context() as away:
        away.setattr(house.storage, "delete", lambda _: (_ for _ in ()).throw(Unavailable("away")))
        assert uploads.sweep() == 1
        house.worker.run_until_idle()
    assert len(files(house)) == 1

    house.db.execute("update pentagram.procrastinate_jobs set scheduled_at = null")
    house.worker.run_until_idle()

    assert files(house) == []


def test_a_request_that_is_made_while_it_sweeps_keeps_its_picture(house, uploads, person, clock):
    nova = person("nova")
    upload = uploads.take(file(), by=nova)
    request = house.studio.request("a boat", Options(256, 256), by=nova, token="press-one")
    clock.advance(24 * HOUR + 1)

    with house.db.transaction() as tx:
        tx.execute("update pentagram.requests set upload_id = %(u)s where id = %(r)s", u=upload.id, r=request.id)
        assert uploads.sweep() == 0, "the row is held by the request that is being made"

    assert uploads.sweep() == 0
    assert uploads.get(upload.id, by=nova) == upload
