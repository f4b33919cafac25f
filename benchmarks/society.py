"""The society of residents: how fast it lives, what it costs, how different its members are, what faults do to it.

`society.py day [--residents 1000] [--hours 24] [--plot FILE]` lives a day as fast as it goes, with the built-in writer
and an engine that paints one colour; `society.py growth [--sizes 100 1000 10000] [--turns 1500]` takes as many turns in
societies of each size; `society.py faults [--residents 40] [--hours 24]` lives a day at a hundred times the speed of
life while the language model is down, a fifth of all pictures fail and the worker is killed every hour.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import numpy as np
import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import society_measures as measure
from benchmarks.harness import fresh_folder, print_table
from benchmarks.society_stage import GPU, GPU_SECONDS, WorkerProcess, opened
from services.bootstrap import Pentagram
from services.discovery.embeddings import MiniLM
from services.discovery.recommendations.memory import as_vector
from services.residents.mind import activity, appeal_of, next_visit
from services.residents.pace import Budgets

SEED = 7
NO_BUDGET = Budgets(10**6, 10**9, Decimal(100_000))
BEGINNING_HOUR = 4
"""Of the day, when most are asleep."""
SPEED = 100.0
MB = 2**20
DRAIN_SECONDS = 600


@dataclass(frozen=True)
class _Counts:
    kind: str
    count: int


@dataclass(frozen=True)
class _Post:
    account_id: UUID
    vector: bytes


@dataclass(frozen=True)
class _Seen:
    account_id: UUID
    topic: str
    vector: bytes
    liked: bool


@dataclass(frozen=True)
class _Look:
    account_id: UUID
    hour: int


@dataclass(frozen=True)
class _Booked:
    booked_at: datetime
    pictures: int
    tokens: int
    usd: Decimal


def settled(house: Pentagram, residents: int) -> float:
    """Make them; how many seconds that took."""
    begun = time.perf_counter()
    for _ in house.society.create(residents, seed=SEED):
        continue
    return time.perf_counter() - begun


def at_the_beginning(house: Pentagram) -> None:
    """The society's day begins at the same hour, whenever this is run."""
    now = house.society.state().now
    begin = now.replace(hour=BEGINNING_HOUR, minute=0, second=0, microsecond=0) + timedelta(days=1)
    with house.db.transaction() as tx:
        tx.execute("update pentagram.society set sim_at = %(at)s, real_at = now()", at=begin)
        for each in house.society.everybody():
            first = next_visit(each.persona.rhythm, begin, np.random.default_rng(each.account_id.int % 2**32))
            tx.execute(
                "update pentagram.residents set next_turn_at = %(first)s where account_id = %(id)s",
                first=first, id=each.account_id,
            )  # fmt: skip


def counts(house: Pentagram, state: str = "done") -> Counter[str]:
    rows = house.db.rows(
        _Counts,
        "select kind, count(*) from pentagram.resident_actions where state = %(state)s group by kind",
        state=state,
    )
    return Counter({row.kind: row.count for row in rows})


def why_dropped(house: Pentagram) -> dict[str, int]:
    whys = house.db.values("select reasons ->> 'dropped' from pentagram.resident_actions where state = 'dropped'")
    return dict(Counter(whys).most_common(5))


def bytes_of(house: Pentagram) -> int:
    return int(house.db.value("select pg_database_size(current_database())"))


def drained(house: Pentagram, seconds: float = DRAIN_SECONDS) -> None:
    """Wait until nobody waits for a picture and no job that can be done is left."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        house.society.tick()
        waiting = house.db.value(
            """select (select count(*) from pentagram.resident_actions where state in ('planned', 'waiting'))
              + (select count(*) from pentagram.procrastinate_jobs where status in ('todo', 'doing')
                and (scheduled_at is null or scheduled_at <= now() + interval '60 seconds')
                and task_name in ('paint', 'store', 'resident_turn', 'resident_picture', 'read_posts'))"""
        )
        if not waiting:
            return
        time.sleep(0.5)
    print(f"Gave up after {seconds:.0f} s with {waiting} things left to do.")


def day(asked: argparse.Namespace) -> None:
    with fresh_folder() as home, opened(home) as house:
        house.society.set_budgets(NO_BUDGET)
        made_s = settled(house, asked.residents)
        at_the_beginning(house)
        worker = WorkerProcess(home)
        worker.start()
        try:
            before, begun = bytes_of(house), time.perf_counter()
            house.society.run(asked.hours, progress=_progress(begun))
            lived_s = time.perf_counter() - begun
            drained(house)
            report(house, asked, made_s, lived_s, bytes_of(house) - before, _memory_mb(worker.pid))
        finally:
            worker.stop()


def report(
    house: Pentagram, asked: argparse.Namespace, made_s: float, lived_s: float, grown: int, memory: tuple[float, float]
) -> None:
    done = counts(house)
    acted = done.total()
    print(
        f"\n{asked.residents:,} residents made in {made_s:.0f} s; {asked.hours:g} h of theirs lived in {lived_s:.0f} s."
    )
    print_table(["did", "times"], [[kind, f"{number:,}"] for kind, number in done.most_common()])
    print(f"dropped: {dict(counts(house, 'dropped'))}; why: {why_dropped(house)}")
    print(f"actions a second: {acted / lived_s:.1f} ({done['look'] / lived_s:.1f} visits)")
    print(f"memory: this process {memory[0]:.0f} MB, the worker {memory[1]:.0f} MB")
    print(f"database: {grown / MB:.0f} MB more, {grown / acted:,.0f} bytes an action")
    _say_cost(house, asked)
    _say_differences(house)
    _say_choices(house)
    _say_rhythm(house)
    _say_graph(house, asked)


def _say_cost(house: Pentagram, asked: argparse.Namespace) -> None:
    """Of the pictures that were posted; a face is painted once in a life."""
    usd, faces = (
        float(
            house.db.value(
                """select coalesce(sum(l.cost_usd), 0) from pentagram.ledger l
                join pentagram.creations c on c.id = l.creation_id
                join pentagram.resident_actions n on n.request_id = c.request_id
                where (n.kind = 'face') = %(faces)s""",
                faces=faces,
            )
        )
        for faces in (False, True)
    )
    posts, days = counts(house)["post"] + counts(house)["remix"], asked.hours / 24
    print(
        f"cost on Modal from the ledger, at {GPU_SECONDS} s of an {GPU} a picture: ${usd:.4f} for {posts:,} posts, "
        f"${usd / max(1, posts):.6f} a post, ${usd / asked.residents / days:.6f} a resident and day; faces ${faces:.4f}"
    )


def _say_differences(house: Pentagram) -> None:
    chance = np.random.default_rng(SEED)
    with house.db.transaction() as tx:
        tx.use_vectors()
        posts = tx.rows(
            _Post,
            """select p.account_id, halfvec_send(v.vector) as vector
            from pentagram.posts p join pentagram.post_vectors v on v.post_id = p.id where v.content = 'words'""",
        )
    vectors = np.stack([_unit(post.vector) for post in posts])
    within, between = measure.within_and_between(vectors, [post.account_id for post in posts], chance)
    print(f"posts: mean distance {within:.3f} within one resident, {between:.3f} between two ({len(posts):,} posts)")
    for what, sql in (
        ("captions", "select caption from pentagram.posts"), ("comments", "select body from pentagram.comments")
    ):  # fmt: skip
        texts = house.db.values(sql)
        print(
            f"{what}: {len(texts):,}, distinct-1 {measure.distinct(texts, 1):.3f}, distinct-2 "
            f"{measure.distinct(texts, 2):.3f}, near-duplicates {measure.near_duplicates(texts):.2%} (at most 2%)"
        )


def _say_choices(house: Pentagram) -> None:
    """Whether likes go by what the personas say: by the meaning of a post, and by the very topic that its maker had in
    mind."""
    personas = {each.account_id: each.persona for each in house.society.everybody()}
    with house.db.transaction() as tx:
        tx.use_vectors()
        seen = tx.rows(
            _Seen,
            """select s.account_id, n.details #>> '{idea,topic}' as topic, halfvec_send(v.vector) as vector,
              bool_or(l.account_id is not null) as liked
            from pentagram.impressions s
            join pentagram.resident_actions n on n.post_id = s.post_id and n.kind in ('post', 'remix')
            join pentagram.post_vectors v on v.post_id = s.post_id and v.content = 'words'
            left join pentagram.likes l on l.post_id = s.post_id and l.account_id = s.account_id
            where s.account_id <> n.account_id group by 1, 2, 3""",
        )
    weights, by_meaning, liked = [], [], []
    for each in seen:
        mine = {interest.topic: interest.weight for interest in personas[each.account_id].interests}
        topics, vectors = house.tastes.vectors(list(mine), house.spaces.serving(house.db))
        weights.append(mine.get(each.topic, 0.0))
        by_meaning.append(appeal_of(_unit(each.vector), vectors, [mine[topic] for topic in topics])[0])
        liked.append(each.liked)
    print(
        f"likes predicted by the persona's weights: AUC {measure.auc(by_meaning, liked):.3f} with the meaning of the "
        f"post (at least 0.8), {measure.auc(weights, liked):.3f} with the very topic that its maker had in mind "
        f"({len(liked):,} posts looked at, {np.mean(liked):.1%} liked)"
    )


def _say_rhythm(house: Pentagram) -> None:
    personas = {each.account_id: each.persona for each in house.society.everybody()}
    looks = house.db.rows(
        _Look,
        """select account_id, extract(hour from happened_at at time zone 'UTC')::integer as hour
        from pentagram.resident_actions where kind = 'look'""",
    )
    expected = sum(activity(each.rhythm) * each.rhythm.visits_a_day for each in personas.values())
    curve = measure.same_curve(Counter(look.hour for look in looks), np.asarray(expected))
    asleep = np.mean([activity(personas[look.account_id].rhythm)[look.hour] == 0 for look in looks])
    print(
        f"rhythm: visits by the hour correlate {curve:.3f} with the personas' own; {asleep:.2%} of visits while asleep"
    )


def _say_graph(house: Pentagram, asked: argparse.Namespace) -> None:
    ids = {each.account_id: place for place, each in enumerate(house.society.everybody())}
    edges = [
        (ids[follower], ids[followed])
        for follower, followed in house.db.values("select array[follower_id, followed_id] from pentagram.follows")
        if follower in ids and followed in ids
    ]
    random = measure.at_random(len(ids), len(edges), np.random.default_rng(SEED))
    ours, chance = measure.followers(edges, len(ids)), measure.followers(random, len(ids))
    caption = (
        f"follows: {len(edges):,}; clustering {measure.clustering(edges, len(ids)):.3f}, by chance "
        f"{measure.clustering(random, len(ids)):.3f}; most followers {int(ours.max())}, by chance {int(chance.max())}; "
        f"Gini of followers {measure.gini(ours):.2f}, by chance {measure.gini(chance):.2f}"
    )
    print(caption)
    if asked.plot:
        measure.plot_degrees(ours, chance, caption, asked.plot)


def growth(asked: argparse.Namespace) -> None:
    """The same number of turns in societies of different sizes: what one turn takes must not grow with the size."""
    rows, first = [], None
    for size in asked.sizes:
        with fresh_folder() as home:
            made_s = _made(home, size)
            with opened(home) as house:
                at_the_beginning(house)
                worker = WorkerProcess(home)
                worker.start()
                try:
                    acted, took, grown = _lived(house, asked.turns)
                finally:
                    worker.stop()
            each_ms = took / acted * 1000
            first = first or each_ms
            rows.append([f"{size:,}", f"{made_s:.0f} s", f"{acted:,}", f"{acted / took:.1f}", f"{each_ms:.1f} ms",
                         f"{each_ms / first:.2f}", f"{grown / acted:,.0f}"])  # fmt: skip
            print_table(["residents", "made in", "actions", "a second", "an action", "ratio", "bytes an action"], rows)


def _made(home: Path, residents: int) -> float:
    """With a gate that has no model of language, and without faces: ten thousand would wait for either for long, and it
    is turns that are measured, which have the whole gate."""
    with closing(MiniLM()) as model:
        innocent = model.of(["a boat on a lake"])[0]
    with opened(home, meaning=lambda texts: [innocent] * len(texts)) as house:
        house.society.set_budgets(NO_BUDGET)
        made_s = settled(house, residents)
        house.db.execute("update pentagram.resident_actions set state = 'done' where kind = 'face'")
        house.db.execute("delete from pentagram.procrastinate_jobs where task_name = 'resident_turn'")
        return made_s


def _lived(house: Pentagram, turns: int) -> tuple[int, float, int]:
    """Actions, seconds and bytes, after a third as many turns by which they come to know each other."""
    house.society.run(hours_for(house, turns / 3))
    drained(house)
    before, done, begun = bytes_of(house), counts(house).total(), time.perf_counter()
    house.society.run(hours_for(house, turns))
    took = time.perf_counter() - begun
    drained(house)
    return counts(house).total() - done, took, bytes_of(house) - before


def hours_for(house: Pentagram, turns: float) -> float:
    """Until about so many visits will have been made, from now on by the clock of the society."""
    now = house.society.state().now
    rates = sum(activity(each.persona.rhythm) * each.persona.rhythm.visits_a_day for each in house.society.everybody())
    hours, expected = 0, 0.0
    while expected < turns and hours < 24 * 30:
        expected += float(np.asarray(rates)[(now.hour + hours) % 24])
        hours += 1
    return max(0.5, hours - (expected - turns) / float(np.asarray(rates)[(now.hour + hours - 1) % 24] or 1))


def faults(asked: argparse.Namespace) -> None:
    """At a hundred times the speed of life: an hour of theirs are 36 seconds."""
    allowed = Budgets(asked.pictures, asked.tokens, Decimal(str(asked.usd)))
    with fresh_folder() as home, opened(home) as house:
        settled(house, asked.residents)
        at_the_beginning(house)
        house.society.set_budgets(allowed)
        house.society.set_speed(SPEED)
        worker = WorkerProcess(home, fails=0.2, STAGE_TEXT_URL="http://127.0.0.1:9/v1")
        worker.start()
        began = house.society.start().now
        kills = 0
        try:
            while house.society.state().now - began < timedelta(hours=asked.hours):
                time.sleep(3600 / SPEED)
                worker.kill()
                kills += 1
                print(f"\r{(house.society.state().now - began) / timedelta(hours=1):.1f} h", end="", flush=True)
                worker.start()
            house.society.pause()
            drained(house)
        finally:
            worker.stop()
        print(f"\n{asked.hours:g} h of {asked.residents} residents, the worker killed {kills} times.")
        say_what_survived(house, allowed)


def say_what_survived(house: Pentagram, allowed: Budgets) -> None:
    done, dropped = counts(house), counts(house, "dropped")
    left = counts(house, "planned") + counts(house, "waiting")
    posts = house.db.value("select count(*) from pentagram.posts where deleted_at is null")
    shown_twice = house.db.value(
        "select count(*) from (select creation_id from pentagram.post_pictures group by 1 having count(*) > 1) twice"
    )
    lost = house.db.value(
        """select count(*) from pentagram.resident_actions n where n.kind in ('post', 'remix') and n.state = 'done'
          and not exists (select from pentagram.posts p where p.id = n.post_id)"""
    )
    unposted = house.db.value(
        """select count(*) from pentagram.creations c join pentagram.resident_actions n on n.request_id = c.request_id
        where c.state = 'ready' and n.kind in ('post', 'remix') and n.state <> 'done'"""
    )
    comments = house.db.value("select count(*) from pentagram.comments")
    said_twice = house.db.value(
        """select count(*) from (select account_id, post_id, parent_id, body from pentagram.comments
          group by 1, 2, 3, 4 having count(*) > 1) twice"""
    )
    most = most_in_an_hour(house)
    lines = [
        ("posts for each deed that made one", f"{posts} for {done['post'] + done['remix']}",
         posts == done["post"] + done["remix"]),
        ("pictures posted twice", shown_twice, not shown_twice), ("posts lost", lost, not lost),
        ("painted and not posted", unposted, not unposted),
        ("comments for each deed that made one", f"{comments} for {done['comment'] + done['answer']}",
         comments == done["comment"] + done["answer"]),
        ("comments said twice", said_twice, not said_twice), ("deeds left half done", dict(left), not left.total()),
        (f"most pictures in an hour (at most {allowed.pictures_an_hour})", most[0],
         most[0] <= allowed.pictures_an_hour),
        (f"most tokens in an hour (at most {allowed.tokens_an_hour})", most[1], most[1] <= allowed.tokens_an_hour),
        (f"most dollars in an hour (at most {allowed.usd_an_hour})", most[2], most[2] <= allowed.usd_an_hour),
    ]  # fmt: skip
    print(f"done {dict(done)}\ndropped {dict(dropped)}")
    print_table(["", "", ""], [[what, str(found), "ok" if good else "WRONG"] for what, found, good in lines])


def most_in_an_hour(house: Pentagram) -> tuple[int, int, Decimal]:
    """Of any sixty minutes."""
    rows = house.db.rows(
        _Booked, "select booked_at, pictures, tokens, usd from pentagram.resident_spending order by booked_at"
    )
    most, first = [0, 0, Decimal(0)], 0
    for last, row in enumerate(rows):
        while row.booked_at - rows[first].booked_at >= timedelta(hours=1):
            first += 1
        window = rows[first : last + 1]
        most[0] = max(most[0], sum(each.pictures for each in window))
        most[1] = max(most[1], sum(each.tokens for each in window))
        most[2] = max(most[2], sum((each.usd for each in window), Decimal(0)))
    return int(most[0]), int(most[1]), Decimal(most[2])


def _memory_mb(worker: int) -> tuple[float, float]:
    return psutil.Process().memory_info().rss / MB, psutil.Process(worker).memory_info().rss / MB


def _progress(begun: float):  # type: ignore[no-untyped-def]
    def told(share: float) -> None:
        print(f"\r{share:.0%} after {time.perf_counter() - begun:.0f} s", end="", file=sys.stderr, flush=True)

    return told


def _unit(sent: bytes) -> np.ndarray:
    vector = as_vector(sent).astype(np.float64)
    return vector / (np.linalg.norm(vector) or 1.0)


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ways = parser.add_subparsers(required=True)
    one_day = ways.add_parser("day")
    one_day.add_argument("--residents", type=int, default=1000)
    one_day.add_argument("--hours", type=float, default=24)
    one_day.add_argument("--plot", type=Path)
    one_day.set_defaults(way=day)
    sizes = ways.add_parser("growth")
    sizes.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000])
    sizes.add_argument("--turns", type=int, default=1500)
    sizes.set_defaults(way=growth)
    bad_day = ways.add_parser("faults")
    bad_day.add_argument("--residents", type=int, default=40)
    bad_day.add_argument("--hours", type=float, default=24)
    bad_day.add_argument("--pictures", type=int, default=60)
    bad_day.add_argument("--tokens", type=int, default=50_000)
    bad_day.add_argument("--usd", type=float, default=0.08)
    bad_day.set_defaults(way=faults)
    asked = parser.parse_args(words)
    asked.way(asked)


if __name__ == "__main__":
    main()
