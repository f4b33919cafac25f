"""The way of a picture while the parts it stands on come and go, and many press at once."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.errors import NotFound, Unavailable
from services.platform import jobs as jobs_module
from services.platform.storage.base import Storage
from services.settings import ROOT, Settings
from services.studio import painting as painting_module
from services.studio.engines.base import Order, Painted
from services.studio.engines.choice import Choice, Engines
from services.studio.engines.painter import Painter
from services.studio.painting import Painting
from services.studio.studio import Options, Request

DEADLINE_SECONDS = 30
SMALL = Options(256, 256, seed=7)


class UnsteadyStorage:
    """A storage that can be away, and that something can happen to while a file arrives."""

    def __init__(self, real: Storage) -> None:
        self.real = real
        self.is_away = False
        self.puts: list[str] = []
        self.before_put: list[Callable[[], None]] = []
        self.name = real.name

    def put(self, key: str, data: bytes) -> None:
        if self.is_away:
            raise Unavailable("The storage is away.")
        if self.before_put:
            self.before_put.pop()()
        self.puts.append(key)
        self.real.put(key, data)

    def get(self, key: str) -> bytes:
        return self.real.get(key)

    def delete(self, keys: Sequence[str]) -> None:
        self.real.delete(keys)

    def exists(self, key: str) -> bool:
        return self.real.exists(key)

    def links(self, keys: Sequence[str]) -> dict[str, str]:
        return self.real.links(keys)

    def check(self) -> str:
        return self.real.check()

    def close(self) -> None:
        self.real.close()


class InterruptedPainter(Painter):
    """The built-in painter, with something happening while it paints."""

    def __init__(self) -> None:
        super().__init__()
        self.during: list[Callable[[], None]] = []

    def paint(self, orders: Sequence[Order]) -> list[Painted]:
        if self.during:
            self.during.pop()()
        return super().paint(orders)


@pytest.fixture
def storage(house: Pentagram) -> UnsteadyStorage:
    return UnsteadyStorage(house.storage)


@pytest.fixture
def engine(house: Pentagram, storage: UnsteadyStorage, monkeypatch: pytest.MonkeyPatch) -> InterruptedPainter:
    """Takes the place of the house's own engine and, with `storage`, of its storage."""
    monkeypatch.setattr(painting_module, "STORE_AGAIN_SECONDS", 0.1)
    engine = InterruptedPainter()
    engines = Engines([Choice(engine, "a test wants it.")])
    Painting(
        house.db, storage, house.jobs, engines, {}, house.picture_gate, house.removed_pictures, house.money, house.clock
    )
    return engine


@pytest.fixture
def mira(person: Callable[[str], Account]) -> Account:
    return person("mira")


def ask(house: Pentagram, by: Account, options: Options = SMALL) -> Request:
    return house.studio.request("a red fox", options, by=by, token=os.urandom(8).hex())


def files(settings: Settings) -> list[Path]:
    return [path for path in (settings.home / "storage").rglob("*") if path.is_file()]


def work_until(house: Pentagram, condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this never came true"
        house.worker.run_until_idle()


def failed_jobs(house: Pentagram) -> int:
    return house.db.value("select count(*) from pentagram.procrastinate_jobs where status = 'failed'")


def ledger_rows(house: Pentagram) -> int:
    return house.db.value("select count(*) from pentagram.ledger")


# Parts that are away -----------------------------------------------------------------------------------------------


def test_a_picture_whose_storage_is_away_waits_in_the_database_and_is_stored_once(
    house, mira, storage, engine, settings
):
    storage.is_away = True
    request = ask(house, mira)
    house.worker.run_until_idle()

    assert house.studio.watch(request.id, by=mira).creations[0].state == "storing"
    assert house.db.value("select length(picture) > 1000 from pentagram.unstored_pictures")
    assert files(settings) == []

    storage.is_away = False
    work_until(house, lambda: not house.studio.watch(request.id, by=mira).is_unfinished)

    creation = house.studio.watch(request.id, by=mira).creations[0]
    assert creation.state == "ready"
    assert storage.puts == [creation.picture_key, creation.thumbnail_key]
    assert house.db.value("select count(*) from pentagram.unstored_pictures") == 0
    assert ledger_rows(house) == 1


def test_a_storage_that_stays_away_is_asked_again_and_again(house, mira, storage, engine):
    storage.is_away = True
    request = ask(house, mira)
    house.worker.run_until_idle()
    for _ in range(3):
        house.db.execute("update pentagram.procrastinate_jobs set scheduled_at = now()")
        house.worker.run_until_idle()

    assert house.studio.watch(request.id, by=mira).creations[0].state == "storing"
    assert house.jobs.unfinished(house.db, task="store") == 1


def test_an_engine_that_does_not_answer_at_first_paints_in_the_end(house, mira, engine, monkeypatch):
    monkeypatch.setattr(painting_module, "AGAIN_SECONDS", (0.05, 0.05))
    engine.during = [refuse, refuse]
    request = ask(house, mira)

    work_until(house, lambda: house.studio.watch(request.id, by=mira).creations[0].state == "ready")

    assert ledger_rows(house) == 1


def test_an_engine_that_never_answers_is_told_and_not_left_painting(house, mira, engine, monkeypatch):
    monkeypatch.setattr(painting_module, "AGAIN_SECONDS", (0.05, 0.05))
    monkeypatch.setattr(painting_module, "PATIENCE", timedelta(seconds=1))
    engine.during = [refuse] * 1000
    request = ask(house, mira)

    work_until(house, lambda: house.studio.watch(request.id, by=mira).creations[0].state == "failed")

    creation = house.studio.watch(request.id, by=mira).creations[0]
    assert (creation.state, failed_jobs(house)) == ("failed", 0)
    assert "could not be finished after several tries" in creation.failure


def refuse() -> None:
    raise Unavailable("No GPU answers.")


PROCESS = """
import sys, time
from pathlib import Path
from services import bootstrap
from services.platform.database import Database
from services.settings import Settings
from services.studio.engines.choice import Choice, Engines
from services.studio.engines.painter import Painter

class Endless(Painter):
    def paint(self, orders):
        print("painting", flush=True)
        time.sleep(60)

address, home = sys.argv[1:]
settings = Settings(PENTAGRAM_HOME=Path(home), PENTAGRAM_SEED="off", PENTAGRAM_WORKER="off")
house = bootstrap.build(
    settings, db=Database(lambda: address), engines=Engines([Choice(Endless(), "a test wants it.")]))
house.db.open()
house.worker.start()
sys.stdin.readline()
"""


def test_a_picture_whose_worker_was_killed_is_finished_once_by_the_next(house, mira, database, settings, monkeypatch):
    monkeypatch.setattr(jobs_module, "HEARTBEAT_SECONDS", 0.2)
    monkeypatch.setattr(jobs_module, "STALLED_AFTER_SECONDS", 1.0)
    request = ask(house, mira)
    with subprocess.Popen(
        [sys.executable, "-c", PROCESS, database, str(settings.home)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "painting\n"
        process.kill()
    assert house.studio.watch(request.id, by=mira).creations[0].state == "painting"
    house.db.execute("update pentagram.procrastinate_workers set last_heartbeat = now() - interval '1 minute'")

    house.worker.start()
    deadline = time.monotonic() + DEADLINE_SECONDS
    while house.studio.watch(request.id, by=mira).is_unfinished:
        assert time.monotonic() < deadline
        time.sleep(0.05)

    assert house.studio.watch(request.id, by=mira).creations[0].state == "ready"
    assert ledger_rows(house) == 1
    assert len(files(settings)) == 2


# Things that go while they are made --------------------------------------------------------------------------------


@pytest.fixture(params=["creation", "account"])
def remove(request: pytest.FixtureRequest, house: Pentagram, mira: Account) -> Callable[[Request], None]:
    """Deletes the picture, or everything of the person."""

    def delete(asked: Request) -> None:
        if request.param == "account":
            house.accounts.delete(mira)
        else:
            house.studio.delete(asked.creations[0].id, by=mira)

    return delete


def assert_nothing_is_left(house: Pentagram, settings: Settings) -> None:
    assert house.db.value("select count(*) from pentagram.creations") == 0
    assert house.db.value("select count(*) from pentagram.unstored_pictures") == 0
    assert files(settings) == []
    assert (house.jobs.unfinished(house.db), failed_jobs(house)) == (0, 0)


def test_what_is_deleted_before_it_is_painted_leaves_nothing(house, mira, engine, settings, remove):
    remove(ask(house, mira))

    house.worker.run_until_idle()

    assert_nothing_is_left(house, settings)


def test_what_is_deleted_while_it_is_painted_leaves_nothing(house, mira, engine, settings, remove):
    asked = ask(house, mira)
    engine.during = [lambda: remove(asked)]

    house.worker.run_until_idle()

    assert engine.during == []
    assert_nothing_is_left(house, settings)


def test_what_is_deleted_while_it_is_stored_leaves_nothing(house, mira, storage, engine, settings, remove):
    asked = ask(house, mira)
    storage.before_put = [lambda: remove(asked)]

    house.worker.run_until_idle()

    assert storage.before_put == []
    assert_nothing_is_left(house, settings)


def test_what_is_deleted_while_its_storage_is_away_leaves_nothing(house, mira, storage, engine, settings, remove):
    asked = ask(house, mira)
    storage.is_away = True
    house.worker.run_until_idle()

    remove(asked)
    storage.is_away = False
    work_until(house, lambda: not house.jobs.unfinished(house.db))

    assert_nothing_is_left(house, settings)


def test_what_is_deleted_while_it_moves_to_a_storage_that_is_back_leaves_nothing(
    house, mira, storage, engine, settings, remove
):
    asked = ask(house, mira)
    storage.is_away = True
    house.worker.run_until_idle()

    storage.is_away = False
    storage.before_put = [lambda: (remove(asked), house.worker.run_until_idle())]
    work_until(house, lambda: not house.jobs.unfinished(house.db))

    assert storage.before_put == []
    assert_nothing_is_left(house, settings)


# Many at once ------------------------------------------------------------------------------------------------------


def all_at_once(actions: Iterable[Callable[[], object]]) -> list[object]:
    """Run each on a thread of its own, started together; what they answered or raised."""
    actions = list(actions)
    together = threading.Barrier(len(actions))
    answers: list[object] = []

    def run(action: Callable[[], object]) -> None:
        together.wait()
        try:
            answers.append(action())
        except Exception as error:  # noqa: BLE001 - compared by the test
            answers.append(error)

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_eight_presses_with_one_token_are_one_request(house, mira):
    answers = all_at_once([lambda: house.studio.request("a boat", SMALL, by=mira, token="the-same-press")] * 8)

    assert {answer.id for answer in answers} == {house.studio.mine(by=mira)[0].id}
    assert house.db.value("select count(*) from pentagram.creations") == 1
    assert house.jobs.unfinished(house.db, task="paint") == 1


def test_likes_and_their_count_agree_however_many_press_at_once(house, person, paint, mira):
    post = house.posts.publish([paint(mira).creations[0].id], by=mira, token="press-one")
    fans = [person(f"fan{number}") for number in range(10)]
    rows = "select count(*) from pentagram.likes"

    def waver(fan: Account, *, likes_in_the_end: bool) -> None:
        for _ in range(3):
            house.posts.like(post.id, by=fan)
            house.posts.unlike(post.id, by=fan)
        if likes_in_the_end:
            house.posts.like(post.id, by=fan)

    answers = all_at_once(
        [lambda fan=fan: waver(fan, likes_in_the_end=fan in fans[:4]) for fan in fans]
        + [lambda fan=fan: house.posts.get(post.id, viewer=fan) for fan in fans]
    )

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert house.posts.get(post.id, viewer=None).like_count == house.db.value(rows) == 4

    twice = all_at_once([lambda fan=fan: house.posts.like(post.id, by=fan) for fan in fans for _ in range(2)])
    assert [answer for answer in twice if isinstance(answer, Exception)] == []
    assert house.posts.get(post.id, viewer=None).like_count == house.db.value(rows) == 10


def test_likes_from_accounts_that_are_deleted_meanwhile_are_not_counted(house, person, paint, mira):
    post = house.posts.publish([paint(mira).creations[0].id], by=mira, token="press-one")
    fans = [person(f"fan{number}") for number in range(10)]
    for fan in fans[:5]:
        house.posts.like(post.id, by=fan)

    all_at_once(
        [lambda fan=fan: house.accounts.delete(fan) for fan in fans[:5]]
        + [lambda fan=fan: house.posts.like(post.id, by=fan) for fan in fans[5:]]
    )

    assert house.posts.get(post.id, viewer=None).like_count == 5
    assert house.db.value("select count(*) from pentagram.likes") == 5


def test_a_deleted_picture_is_gone_for_its_owner_too(house, mira, paint):
    creation = paint(mira).creations[0]
    answers = all_at_once([lambda: house.studio.delete(creation.id, by=mira)] * 5)

    assert sorted(type(answer).__name__ for answer in answers) == ["NoneType"] + [NotFound.__name__] * 4


def test_what_was_accepted_and_lost_its_job_is_asked_for_again(house, mira, engine):
    request = house.studio.request("a boat", Options(256, 256), by=mira, token="press-one")
    house.db.execute("update pentagram.creations set state = 'painting'")
    with house.db.transaction() as tx:
        tx.execute("set local search_path = pentagram")
        tx.execute("delete from pentagram.procrastinate_jobs")

    assert house.painting.resume() == 1
    assert house.painting.resume() == 0
    house.worker.run_until_idle()

    assert house.studio.watch(request.id, by=mira).creations[0].state == "ready"


def test_a_prompt_whose_reading_failed_for_good_is_read_after_a_restart(house, mira, engine, monkeypatch):
    def refuse(texts):
        raise ValueError("The model is broken.")

    with monkeypatch.context() as broken:
        broken.setattr(house.embeddings, "of", refuse)
        house.studio.request("a boat", Options(256, 256), by=mira, token="press-one")
        house.worker.run_until_idle()
    assert house.db.value("select count(*) from pentagram.prompt_vectors") == 0

    house.painting.resume()
    house.worker.run_until_idle()

    assert house.db.value("select count(*) from pentagram.prompt_vectors") == 1
