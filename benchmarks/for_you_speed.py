"""How fast For you is where a million posts are: `for_you_speed.py LARGE SMALL`, two homes that `populate.py` filled.

What For you stands on is made first where it is missing: vectors and their index as in `search_speed.py`, what was
shown and what people like as in `shown.py`. Then some hundred people each ask for a
first page, a second one, and like a post of it, and an admin opens the experiments page; the same in the small house,
in turns. Nobody asks twice, so what is read of a person may be out of Postgres' own memory.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psycopg
from psycopg import Connection

from benchmarks import search_speed, shown
from benchmarks.harness import opened_house, print_table
from benchmarks.loading import timed
from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.community.posts import Post
from services.discovery.recommendations.experiments import SPANS
from services.discovery.recommendations.for_you import ForYouPage

PEOPLE, UNTIMED = 120, 5
MOST_MS = {"For you, first page": 80.0, "like, then interests updated": 20.0, "experiments page": 1000.0}
"""At p95, in the large house."""
# Those who like, and of whom it is therefore known what they like.
WHO = """
select distinct on (md5(l.account_id::text)) a.name from pentagram.likes l
join pentagram.accounts a on a.id = l.account_id
where get_byte(uuid_send(l.account_id), 15) < %s order by md5(l.account_id::text) limit %s
"""
SOME_PARTS = 16
"""Of the 256 parts of all people."""


@dataclass
class House:
    house: Pentagram
    people: Sequence[Account]
    pages: dict[str, ForYouPage] = field(default_factory=dict)

    def first(self, who: Account) -> None:
        self.pages[who.name] = self.house.for_you.page(viewer=who)

    def second(self, who: Account) -> None:
        self.house.for_you.page(viewer=who, after=self.pages[who.name].next)

    def visitor(self, _: Account) -> None:
        self.house.for_you.page(viewer=None)

    def liked(self, who: Account) -> None:
        """What a like adds to itself: its note in the log, and the interests that it changes."""
        self.house.learning.did("like", self._seen(who).id, who)

    def pressed(self, who: Account) -> None:
        self.house.posts.like(self._seen(who, 1).id, by=who)

    def _seen(self, who: Account, place: int = 0) -> Post:
        return self.pages[who.name].items[place]


STEPS: dict[str, Callable[[House, Account], None]] = {
    "For you, first page": House.first,
    "For you, second page": House.second,
    "For you, of a visitor": House.visitor,
    "like, then interests updated": House.liked,
    "the whole press of Like": House.pressed,
}


@contextmanager
def prepared(home: Path) -> Iterator[House]:
    with opened_house(home) as house, psycopg.connect(house.db.conninfo(), autocommit=True) as connection:
        print(f"{home}: what For you stands on", flush=True)
        if not house.db.value("select exists (select from pentagram.posts)"):
            sys.exit(f"Nothing is in {home}: fill it first, by benchmarks/populate.py {home}.")
        search_speed.read(house, connection)
        shown.fill(connection)
        yield House(house, _people(house, connection))


def _people(house: Pentagram, connection: Connection) -> list[Account]:
    names = [name for (name,) in connection.execute(WHO, [SOME_PARTS, PEOPLE]).fetchall()]
    people = [house.accounts.named(name) for name in names]
    space = house.spaces.serving(house.db)
    assert space is not None
    with timed("interests") as counted:
        counted(shown.interest(connection, space, [who.id for who in people]))
    return people


def spent_ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def measured(large: House, small: House) -> dict[str, tuple[list[float], list[float]]]:
    told: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in STEPS}
    for number, both in enumerate(zip(large.people, small.people, strict=False)):
        for name, step in STEPS.items():
            for house, who, into in zip((large, small), both, told[name], strict=True):
                spent = spent_ms(lambda house=house, who=who, step=step: step(house, who))
                if number >= UNTIMED:
                    into.append(spent)
        if number % 10 == 9:
            print(f"{number + 1} people", flush=True)
    return told


def experiments(house: House) -> list[float]:
    """Each span once, as nobody opened the page in the last ten minutes."""
    admin = house.house.accounts.set_role(house.people[0].name, "admin")
    return [spent_ms(lambda days=days: house.house.experiments.report(days, by=admin)) for days in SPANS]


def row(name: str, large: Sequence[float], small: Sequence[float]) -> list[str]:
    p50, p95, few, few_95 = (part for each in (large, small) for part in parts(each))
    most = MOST_MS.get(name)
    verdict = "" if most is None else "met" if p95 <= most else "MISSED"
    target = "" if most is None else f"{most:,.0f}"
    return [name, f"{p50:,.1f}", f"{p95:,.1f}", f"{few:,.1f}", f"{few_95:,.1f}", f"{p50 / few:.2f}", target, verdict]


def parts(times: Sequence[float]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=20, method="inclusive")[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("large", type=Path)
    parser.add_argument("small", type=Path)
    asked = parser.parse_args()
    print(f"Load of this machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
    with prepared(asked.large) as large, prepared(asked.small) as small:
        counts = [
            [house.house.db.value(f"select count(*) from pentagram.{table}") for table in ("posts", "impressions")]
            for house in (large, small)
        ]
        told = measured(large, small)
        told["experiments page"] = experiments(large), experiments(small)
    print()
    print_table(
        ["", "p50 ms", "p95 ms", "small p50", "p95", "growth p50", "target p95", ""],
        [row(name, *times) for name, times in told.items()],
    )
    for (posts, places), name in zip(counts, ("large", "small"), strict=True):
        print(f"{name}: {posts:,} posts, {places:,} places that were shown")
    print(f"{len(large.people) - UNTIMED} people. Load after: {os.getloadavg()[0]:.1f}.")
    sys.exit(1 if any(row(name, *times)[-1] == "MISSED" for name, times in told.items()) else 0)


if __name__ == "__main__":
    main()
