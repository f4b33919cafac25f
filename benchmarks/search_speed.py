"""How fast search is over many posts: `search_speed.py HOME [--posts N]`, on the embedded Postgres.

The house in HOME is filled by `populate.py` if it is empty. Its prompts are put together from a few hundred words. To
read a million takes the model hours; their vectors here are a sum over their words, fitted to its own vectors of a few
thousand of them, and a rest that is spread as its own is. How near they come to each other is printed beside how near
its own do. `--again` makes them anew, and their index.

Measured is `Search.find`, the query's embedding included, for queries that were never asked before, with and without
conditions that 50%, 1% and 0.01% of the posts pass; then the first page of the newest and of the most liked. Beside it
the bare query for the nearest by an exact scan, by pgvector's own settings (ef_search 40, no iterative scan) and by
IVFFlat (100 lists, 1 probe), with their recall.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import psycopg
from psycopg import Connection

from benchmarks import populate
from benchmarks.harness import LOOK_EVERY_SECONDS, PASSWORD, opened_house, print_table
from benchmarks.loading import timed
from benchmarks.populate import ADJECTIVES, LIGHTS, PLACES, STYLES, THINGS, Size
from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.community.credentials import hash_password
from services.community.posts import LISTED
from services.discovery.ranking import Mode, Sort
from services.discovery.spaces import Space, index_of
from services.discovery.words import shapes
from services.platform.database import Transaction
from services.studio.studio import Options

POSTS = 1_000_000
QUERIES = 60
FEW = 15
"""Of them, for what takes seconds each."""
AT = 10
PATIENCE_S = 30
FITTED, HELD, RIDGE, AT_ONCE = 3_000, 1_000, 0.5, 200
SHARES = {"no condition": 1.0, "50%": 0.5, "1%": 0.01, "0.01%": 0.0001}
CHUNK = 20_000
SEED = 11
MARK = "benchmark share {}"
WORDS = """insert into pentagram.vocabulary (word, stem, posts, shapes)
select w.word, coalesce((tsvector_to_array(to_tsvector('pg_catalog.english', w.word)))[1], w.word), w.ndoc,
  array(select value::bigint from jsonb_array_elements_text(%(shapes)s::jsonb -> w.word) as value)
from ts_stat('select words from pentagram.post_words') w where %(shapes)s::jsonb ? w.word
on conflict (word) do update set posts = excluded.posts"""


# Filling -------------------------------------------------------------------------------------------------------------


def fill(house: Pentagram, connection: Connection, posts: int, *, again: bool) -> None:
    if not connection.execute("select exists (select from pentagram.posts)").fetchone()[0]:
        populate.fill(connection, Size(posts), populate.painted(house))
    with timed("shares") as counted:
        counted(share_out(connection))
    with timed("vocabulary") as counted:
        counted(write_vocabulary(connection))
    read(house, connection, again=again)
    connection.execute("vacuum analyze pentagram.post_words")


def read(house: Pentagram, connection: Connection, *, again: bool = False) -> None:
    """Vectors for all posts, and their index; where there are some already, nothing."""
    house.spaces.settle()
    space = house.spaces.serving(house.db)
    if again:
        connection.execute(f"drop index if exists pentagram.post_vectors_of_{space.id}")
        connection.execute("truncate pentagram.post_vectors")
    if not connection.execute("select exists (select from pentagram.post_vectors)").fetchone()[0]:
        with timed("vectors") as counted:
            counted(copy_vectors(house, connection, space))
        build_index(connection, space)
        connection.execute("vacuum analyze pentagram.post_vectors")


def share_out(connection: Connection) -> int:
    """Models that so many posts were painted by, each at random."""
    return connection.execute(
        """update pentagram.post_words w set model = case
            when d.dice < 0.0001 then 'benchmark share 0.01%' when d.dice < 0.0101 then 'benchmark share 1%'
            when d.dice < 0.5101 then 'benchmark share 50%' else 'other' end
        from (select post_id, ('x' || substr(md5(post_id::text), 1, 8))::bit(32)::bigint / 4294967296.0 as dice
          from pentagram.post_words) d
        where d.post_id = w.post_id and w.model not like 'benchmark%' and w.model <> 'other'"""
    ).rowcount


def write_vocabulary(connection: Connection) -> int:
    words = {word for listed in (ADJECTIVES, THINGS, PLACES, LIGHTS, STYLES) for text in listed
             for word in text.lower().replace(",", " ").split()}  # fmt: skip
    known = {word: shapes(word) for word in words}
    return connection.cursor().execute(WORDS, {"shapes": psycopg.types.json.Jsonb(known)}).rowcount


@dataclass(frozen=True, eq=False)
class Model:
    """What vectors the house's model gives to the prompts of `populate.py`: a part of them for each word, and the rest
    drawn as it is spread in truth."""

    of_word: np.ndarray
    spread: np.ndarray

    def vectors(self, words: np.ndarray) -> np.ndarray:
        """Of prompts by the numbers of their words; the same prompt has the same vector each time."""
        rest = np.array([np.random.default_rng(row).standard_normal(self.spread.shape[0]) for row in words])
        total = self.of_word[words].sum(axis=1) + rest @ self.spread
        return total / np.linalg.norm(total, axis=1, keepdims=True)


SLOTS = (ADJECTIVES, THINGS, PLACES, LIGHTS, STYLES)
NUMBER = {
    each: number for number, each in enumerate((slot, word) for slot, words in enumerate(SLOTS) for word in words)
}


def modelled(house: Pentagram) -> Model:
    """Fitted to the real vectors of some prompts; how near to each other others come by it is printed beside."""
    rng = np.random.default_rng(SEED)
    words = np.stack([[NUMBER[slot, SLOTS[slot][at]] for at in rng.integers(0, len(SLOTS[slot]), FITTED + HELD)]
                      for slot in range(len(SLOTS))], axis=1)  # fmt: skip
    named = {number: word for (_, word), number in NUMBER.items()}
    prompts = [prompt_of([named[number] for number in row]) for row in words]
    real = np.array([vector for some in batched(prompts, AT_ONCE) for vector in house.embeddings.of(some)])
    told = np.zeros((FITTED, len(NUMBER)))
    told[np.arange(FITTED)[:, None], words[:FITTED]] = 1
    of_word = np.linalg.solve(told.T @ told + RIDGE * np.eye(len(NUMBER)), told.T @ real[:FITTED])
    rest = real[FITTED:] - of_word[words[FITTED:]].sum(axis=1)
    strengths, directions = np.linalg.eigh(rest.T @ rest / len(rest))
    model = Model(of_word, np.sqrt(np.maximum(strengths, 0))[:, None] * directions.T)
    for name, vectors in (
        ("the model's own", real[FITTED:]),
        ("as they are made up here", model.vectors(words[FITTED:])),
    ):
        near = np.sort(real[:HELD] @ vectors.T, axis=1)[:, ::-1]
        print(
            f"Of {HELD} vectors {name} the nearest is at {near[:, 0].mean():.3f}, the tenth at {near[:, 9].mean():.3f}"
        )
    return model


def batched(texts: Sequence[str], count: int) -> list[Sequence[str]]:
    return [texts[at : at + count] for at in range(0, len(texts), count)]


def prompt_of(words: Sequence[str]) -> str:
    return f"a {' '.join(words[:3])}, {', '.join(words[3:])}"


def numbers_in(prompt: str) -> list[int] | None:
    """Of the words of a prompt; None for one that `populate.py` did not make."""
    try:
        scene, light, style = prompt.split(", ", 2)
        adjective, thing, place = scene.removeprefix("a ").split(" ", 2)
        return [NUMBER[slot, word] for slot, word in enumerate((adjective, thing, place, light, style))]
    except (ValueError, KeyError):
        return None


def vectors_of(house: Pentagram, model: Model, prompts: Sequence[str]) -> np.ndarray:
    numbers = [numbers_in(prompt) for prompt in prompts]
    made = np.array([each is not None for each in numbers])
    vectors = np.empty((len(prompts), model.spread.shape[0]))
    if made.any():
        vectors[made] = model.vectors(np.array([each for each in numbers if each is not None]))
    others = [prompt for prompt, each in zip(prompts, numbers, strict=True) if each is None]
    if others:
        vectors[~made] = [vector for some in batched(others, AT_ONCE) for vector in house.embeddings.of(some)]
    return vectors


def copy_vectors(house: Pentagram, connection: Connection, space: Space) -> int:
    model = modelled(house)
    connection.execute(f"drop index if exists pentagram.post_vectors_of_{space.id}")
    count = 0
    with psycopg.connect(connection.info.dsn) as reading, reading.cursor("prompts") as cursor:
        cursor.execute(
            """select p.id, r.prompt from pentagram.posts p
            join pentagram.post_pictures pp on pp.post_id = p.id and pp.position = 0
            join pentagram.creations c on c.id = pp.creation_id join pentagram.requests r on r.id = c.request_id"""
        )
        while rows := cursor.fetchmany(CHUNK):
            statement = "copy pentagram.post_vectors (space_id, post_id, content, vector) from stdin"
            with connection.cursor().copy(statement) as copying:
                vectors = vectors_of(house, model, [prompt for _, prompt in rows])
                for (post_id, _), vector in zip(rows, vectors, strict=True):
                    numbers = ",".join(f"{number:.5f}" for number in vector)
                    copying.write(f"{space.id}\t{post_id}\twords\t[{numbers}]\n")
            count += len(rows)
    return count


def build_index(connection: Connection, space: Space) -> None:
    with connection.transaction():
        connection.execute("set local search_path = pentagram, extensions, public")
        connection.execute("set local maintenance_work_mem = '3GB'")
        connection.execute("set local max_parallel_maintenance_workers = 2")
        with timed("index of meaning"):
            connection.execute(index_of(space.id, space.dimensions))


# Measuring -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    what: str
    ms: Sequence[float]
    recall: float | None = None

    @property
    def row(self) -> list[str]:
        p50, p95 = statistics.median(self.ms), float(np.percentile(self.ms, 95))
        return [self.what, f"{p50:.1f}", f"{p95:.1f}", "" if self.recall is None else f"{self.recall:.3f}"]


def queries(count: int) -> list[str]:
    """Never the same twice, so that no vector is remembered."""
    rng = np.random.default_rng(SEED)
    pick = lambda words: str(words[rng.integers(0, len(words))])  # noqa: E731
    made = [f"{pick(THINGS)} {pick(PLACES)} {pick(LIGHTS)}" if n % 2 else f"{pick(ADJECTIVES)} {pick(THINGS)}"
            for n in range(count)]  # fmt: skip
    return [f"{text} {n}" for n, text in enumerate(made)]


def condition(share: str) -> str:
    return "" if share == "no condition" else f' model:"{MARK.format(share)}"'


def timed_ms(action: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    result = action()
    return (time.perf_counter() - begun) * 1000, result


def ours(house: Pentagram, share: str, asked: Sequence[str]) -> Line:
    """With the recall of what it finds by meaning alone."""
    spent = [
        timed_ms(lambda query=query: house.search.find(query + condition(share), viewer=None))[0] for query in asked
    ]
    return Line(
        f"ours, {share}", spent, recall_of([near(house, query, share) for query in asked[:FEW]], house, share, asked)
    )


def in_order(house: Pentagram, sort: Sort, share: str, asked: Sequence[str]) -> Line:
    """All that has the words, the first page of it. They are without the number that no prompt has."""
    plain = [query.rpartition(" ")[0] + condition(share) for query in asked]
    found = [timed_ms(lambda query=query: house.search.find(query, viewer=None, sort=sort))[0] for query in plain]
    return Line(f"{sort}, {share}", found)


def near(house: Pentagram, query: str, share: str) -> list[UUID]:
    found = house.search.find(query + condition(share), viewer=None, limit=AT, mode="semantic", floor=False)
    return [post.id for post in found.posts]


def recall_of(found: Sequence[Sequence[UUID]], house: Pentagram, share: str, asked: Sequence[str]) -> float:
    """Of the nearest ten, as an exact scan finds them."""
    best = [exact(house, query, share) for query in asked[: len(found)]]
    return statistics.mean(
        len(set(ids) & set(right)) / len(right) if right else 1 for ids, right in zip(found, best, strict=True)
    )


def exact(house: Pentagram, query: str, share: str) -> list[UUID]:
    if (query, share) not in RIGHT:
        RIGHT[query, share] = bare(house, query, share, *EXACT)
    return RIGHT[query, share]


def bare(house: Pentagram, query: str, share: str, *settings: str) -> list[UUID]:
    with house.db.transaction() as tx:
        tx.use_vectors()
        for setting in settings:
            tx.execute(setting)
        return nearest(tx, house, query, share)


def nearest(tx: Transaction, house: Pentagram, query: str, share: str) -> list[UUID]:
    """The query that one writes first, for the nearest of what may be listed."""
    space, vector = house.spaces.serving(house.db), str(house.embeddings.of([query])[0])
    model = "" if share == "no condition" else MARK.format(share)
    return tx.values(
        f"""select v.post_id from pentagram.post_vectors v join pentagram.posts p on p.id = v.post_id
        join pentagram.post_words w on w.post_id = p.id
        where v.space_id = {space.id} and {LISTED} and (%(model)s = '' or w.model = %(model)s)
        order by {space.comparable} <=> %(vector)s::{space.halfvec} limit {AT}""",
        vector=vector, model=model, viewer=None,
    )  # fmt: skip


def baseline(house: Pentagram, name: str, share: str, asked: Sequence[str], *settings: str) -> Line:
    found = [timed_ms(lambda query=query: bare(house, query, share, *settings)) for query in asked[:FEW]]
    right = recall_of([ids for _, ids in found], house, share, asked)
    return Line(f"{name}, {share}", [ms for ms, _ in found], right)


RIGHT: dict[tuple[str, str], list[UUID]] = {}
"""What exact scans found; they take long."""
EXACT = ("set local enable_indexscan = off",)
PLAIN = ("set local hnsw.ef_search = 40", "set local hnsw.iterative_scan = off")


def ivfflat(house: Pentagram, connection: Connection, asked: Sequence[str]) -> list[Line]:
    """In place of the index of the product, which comes back afterwards: a transaction that is undone."""
    space = house.spaces.serving(house.db)
    with connection.transaction(force_rollback=True):
        connection.execute("set local search_path = pentagram, extensions, public")
        connection.execute("set local maintenance_work_mem = '2GB'")
        connection.execute(f"drop index pentagram.post_vectors_of_{space.id}")
        connection.execute(
            f"""create index on pentagram.post_vectors using ivfflat ((vector::{space.halfvec}) halfvec_cosine_ops)
            with (lists = 100) where space_id = {space.id}"""
        )
        tx = Transaction(connection)
        found = {share: [timed_ms(lambda q=q, s=share: nearest(tx, house, q, s)) for q in asked] for share in SHARES}
    return [
        Line(
            f"IVFFlat (100), {share}", [ms for ms, _ in rows], recall_of([ids for _, ids in rows], house, share, asked)
        )
        for share, rows in found.items()
    ]


def embedding(house: Pentagram) -> Line:
    return Line(
        "embedding of a query",
        [timed_ms(lambda n=n: house.embeddings.of([f"a red fox in snow {n}"]))[0] for n in range(QUERIES)],
    )


SEEN_AFTER = ("a walrus plays the accordion on a tram", "two astronauts iron their shirts on the moon",
              "a cathedral of sugar cubes melts in the rain", "an owl reads the newspaper at a bus stop",
              "a submarine full of houseplants", "a snowman at the dentist", "a marble staircase into a teacup",
              "a goat on a unicycle delivers letters", "a lighthouse knitted from red wool",
              "a violin case full of bees")  # fmt: skip


def new_posts(house: Pentagram) -> list[Line]:
    """From the press of Post until somebody else finds it: by its words, and by its meaning, which a job reads."""
    maker = house.accounts.register(f"newcomer{uuid4().hex[:8]}", hash_password(PASSWORD))
    house.worker.start()
    try:
        spent = [_found_after(house, maker, prompt) for prompt in SEEN_AFTER]
    finally:
        house.worker.stop()
    return [
        Line("new post found by its words", [by_words for by_words, _ in spent]),
        Line("new post found by its meaning", [by_meaning for _, by_meaning in spent]),
    ]


def _found_after(house: Pentagram, maker: Account, prompt: str) -> tuple[float, float]:
    options = Options(*house.engines.usual.capabilities.sizes[0], seed=1)
    request = house.studio.request(prompt, options, by=maker, token=uuid4().hex)
    while house.studio.watch(request.id, by=maker).creations[0].state != "ready":
        time.sleep(LOOK_EVERY_SECONDS)
    begun = time.perf_counter()
    post = house.posts.publish([request.creations[0].id], by=maker, token=uuid4().hex)
    return tuple(_ms_until_found(house, prompt, post.id, mode, begun) for mode in ("words", "semantic"))  # type: ignore[return-value]


def _ms_until_found(house: Pentagram, prompt: str, post_id: UUID, mode: Mode, begun: float) -> float:
    while post_id not in {post.id for post in house.search.find(prompt, viewer=None, limit=AT, mode=mode).posts}:
        if time.perf_counter() - begun > PATIENCE_S:
            sys.exit(f"After {PATIENCE_S} s a new post is not found yet.")
    return (time.perf_counter() - begun) * 1000


def sizes(connection: Connection, space: Space) -> None:
    for name in (f"post_vectors_of_{space.id}", "post_words_words", "vocabulary_shapes_idx"):
        size = connection.execute("select pg_relation_size(%s)", (f"pentagram.{name}",)).fetchone()[0]
        print(f"{name}: {size / 1e6:,.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--posts", type=int, default=POSTS)
    parser.add_argument("--again", action="store_true", help="make the vectors and their index anew")
    asked_for = parser.parse_args()
    asked_for.home.mkdir(parents=True, exist_ok=True)
    asked_for.home.chmod(0o711)
    with opened_house(asked_for.home) as house, psycopg.connect(house.db.conninfo(), autocommit=True) as connection:
        fill(house, connection, asked_for.posts, again=asked_for.again)
        asked = queries(QUERIES)
        for query in queries(QUERIES + 10)[QUERIES:]:
            house.search.find(query, viewer=None)
        lines = [embedding(house), *new_posts(house), *(ours(house, share, asked) for share in SHARES)]
        lines += [in_order(house, sort, share, asked) for sort in ("new", "liked") for share in SHARES]
        for name, settings in (("exact scan", EXACT), ("pgvector as it comes", PLAIN)):
            lines += [baseline(house, name, share, asked, *settings) for share in SHARES]
        lines += ivfflat(house, connection, asked[:FEW])
        print_table(["", "p50 ms", "p95 ms", f"recall@{AT}"], [line.row for line in lines])
        sizes(connection, house.spaces.serving(house.db))


if __name__ == "__main__":
    main()
