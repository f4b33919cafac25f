"""Reads what was posted and what was asked for: the meaning of each as a vector, and the words that there are.

Whoever posts has the post's words in the index with the post itself. Its meaning follows by a job, a moment later.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from services.discovery.embeddings import Embeddings
from services.discovery.meaning import meaning_of
from services.discovery.pictures import PictureReader
from services.discovery.spaces import Space, Spaces
from services.discovery.words import shapes
from services.platform.afterwards import afterwards
from services.platform.database import Database, Transaction
from services.platform.jobs import LATER, Jobs

BATCH = 8
"""Texts that the model reads at once: whoever searches meanwhile waits for so many at most."""
STRIDE = 64
"""Posts that are read between two notes of how far it came."""


@dataclass(frozen=True)
class Readable:
    post_id: UUID
    prompt: str
    tags: list[str]
    caption: str

    @property
    def meaning(self) -> str:
        return meaning_of(self.prompt, self.caption, self.tags)


@dataclass(frozen=True)
class _Word:
    word: str
    stem: str
    posts: int


class Reader:
    """The `Readers` of posts: told of each that is new or changed, in the transaction that makes it so."""

    def __init__(self, db: Database, jobs: Jobs, spaces: Spaces, pictures: PictureReader | None = None) -> None:
        self._db = db
        self._pictures = pictures
        self._jobs = jobs
        self._spaces = spaces
        self.told: Sequence[Callable[[Sequence[UUID]], None]] = ()
        """Those who want to know which posts were read."""
        jobs.register("read_posts", self.read_posts)
        jobs.register("embed", self.embed)
        jobs.register("fill_space", self.fill_space)
        jobs.register_daily("recount_words", self.recount_words, db)

    def changed(self, tx: Transaction, post_id: UUID) -> None:
        self._jobs.defer(tx, "read_posts", once=f"read {post_id}", post_id=str(post_id))
        if self._pictures is not None:
            self._pictures.changed(tx, post_id)

    def resume(self) -> None:
        """Take up what was left when the last process ended, and a model that was configured since."""
        with self._db.transaction() as tx:
            self._jobs.defer(tx, "fill_space", priority=LATER, once="fill_space")
            self._jobs.defer(tx, "read_posts", priority=LATER, once="read_posts")
        if self._pictures is not None:
            self._pictures.resume()

    def unread(self) -> int:
        return int(self._db.value("select count(*) from pentagram.unread_posts"))

    # Posts

    def read_posts(self, *, post_id: str = "", last_attempt: bool = True) -> None:
        """All that are unread, whoever asked."""
        del post_id
        self._settled()
        while rows := self._db.rows(_Unread, "select id, post_id from pentagram.unread_posts order by id limit 8"):
            ids = list(dict.fromkeys(row.post_id for row in rows))
            self._write_words(ids)
            self._read(ids, self._spaces.live(self._db))
            self._db.execute("delete from pentagram.unread_posts where id = any(%(ids)s)", ids=[row.id for row in rows])
            for tell in self.told:
                afterwards(tell, ids)

    def _read(self, ids: Sequence[UUID], spaces: Sequence[Space]) -> None:
        posts = _readable(self._db, ids)
        for space, model in self._spaces.readers(spaces):
            vectors = _vectors(model, [post.meaning for post in posts])
            with self._db.transaction() as tx:
                _keep_vectors(tx, space, posts, vectors)

    # Prompts

    def embed(self, *, request_id: str, last_attempt: bool = True) -> None:
        """What somebody asked for, for themselves to find again."""
        self._settled()
        for space, model in self._spaces.readers(self._spaces.live(self._db)):
            self._read_prompts(space, model, [UUID(request_id)])

    def _read_prompts(self, space: Space, model: Embeddings, ids: Sequence[UUID]) -> None:
        prompts = self._db.rows(
            _Prompt, "select id, prompt from pentagram.requests where id = any(%(ids)s)", ids=list(ids)
        )
        vectors = _vectors(model, [meaning_of(each.prompt, "", ()) for each in prompts])
        with self._db.transaction() as tx:
            tx.use_vectors()
            tx.execute(
                """insert into pentagram.prompt_vectors (space_id, request_id, vector)
                select %(space)s, r.id, given.vector::halfvec
                from unnest(%(ids)s::uuid[], %(vectors)s::text[]) as given (id, vector)
                join pentagram.requests r on r.id = given.id
                on conflict (space_id, request_id) do update set vector = excluded.vector""",
                space=space.id, ids=[each.id for each in prompts], vectors=vectors,
            )  # fmt: skip

    # A whole space

    def fill_space(self, *, last_attempt: bool = True) -> None:
        """Read everything by a model that is new, from where it came to; then it serves, and the one before it goes."""
        self._settled()
        for space, _ in self._spaces.readers(self._spaces.live(self._db)):
            while self.fill_some(space):
                space = self._again(space)
            self._spaces.finish(space)
        while self._db.execute(FORGOTTEN):
            pass

    def reindex(self) -> Iterator[tuple[int, int]]:
        """Read everything anew, words and meaning, and tell after each stretch how many of how many are done. Search
        goes on meanwhile. Pictures stay as they were seen; those that nobody looked at yet are looked at."""
        self._settled()
        self._db.execute(
            "update pentagram.spaces set posts_until = null, prompts_until = null where content = 'words'"
        )  # fmt: skip
        pictures = iter(()) if self._pictures is None else self._pictures.refill()
        next(pictures, None)
        total = self.left()
        yield 0, total
        for space, _ in self._spaces.readers(self._spaces.live(self._db)):
            while self.fill_some(space, words=True):
                space = self._again(space)
                yield total - self.left(), total
            self._spaces.finish(space)
        for _ in pictures:
            yield total - self.left(), total
        self.read_posts()
        self.recount_words()

    def fill_some(self, space: Space, *, words: bool = False) -> int:
        """The next posts, and when those are done the next prompts; how many these were. With `words` those of the
        posts are written anew as well."""
        for shelf in (POSTS, PROMPTS):
            until = getattr(space, f"{shelf}_until")
            ids = self._db.values(NEXT[shelf], until=until, most=STRIDE)
            if ids:
                if words and shelf == POSTS:
                    self._write_words(ids)
                if shelf == POSTS:
                    self._read(ids, [space])
                else:
                    self._read_prompts(space, self._spaces.model_of(space), ids)
                self._db.execute(CAME_TO[shelf], until=ids[-1], space=space.id)
                return len(ids)
        return 0

    def left(self) -> int:
        """How many posts and prompts some space has still to read, and pictures' posts to look at."""
        words = sum(
            int(self._db.value(LEFT, posts=s.posts_until, prompts=s.prompts_until)) for s in self._spaces.live(self._db)
        )
        return words + (0 if self._pictures is None else self._pictures.left())

    def _again(self, space: Space) -> Space:
        return next((each for each in self._spaces.live(self._db) if each.id == space.id), space)

    def _settled(self) -> None:
        self._spaces.settle()

    # Words

    def _write_words(self, ids: Sequence[UUID]) -> None:
        with self._db.transaction() as tx:
            tx.execute("select pentagram.keep_words(%(ids)s)", ids=list(ids))
            keep_vocabulary(tx, ids)

    def recount_words(self) -> None:
        """How many posts have each word that is known, anew: edits and deletions are not subtracted one by one."""
        self._db.execute(RECOUNT)
        self._db.execute("delete from pentagram.vocabulary where posts <= 0")


def _readable(db: Database | Transaction, ids: Sequence[UUID]) -> list[Readable]:
    return db.rows(
        Readable,
        "select post_id, prompt, tags, caption from pentagram.readable(%(ids)s) order by post_id", ids=list(ids),
    )  # fmt: skip


def _vectors(model: Embeddings, texts: Sequence[str]) -> list[str | None]:
    """As the database takes them; None for what says nothing."""
    found: list[str | None] = [None] * len(texts)
    saying = [at for at, text in enumerate(texts) if text]
    for start in range(0, len(saying), BATCH):
        part = saying[start : start + BATCH]
        for at, vector in zip(part, model.of([texts[at] for at in part]), strict=True):
            found[at] = str(vector)
    return found


def _keep_vectors(tx: Transaction, space: Space, posts: Sequence[Readable], vectors: Sequence[str | None]) -> None:
    """What was changed while the model read it is unread again, and nothing is kept of it."""
    tx.use_vectors()
    ids = [post.post_id for post in posts]
    tx.execute("select from pentagram.posts where id = any(%(ids)s) order by id for share", ids=ids)
    now = {post.post_id: post for post in _readable(tx, ids)}
    kept = [(post.post_id, vector) for post, vector in zip(posts, vectors, strict=True)
            if vector is not None and now.get(post.post_id) == post]  # fmt: skip
    tx.execute(
        """insert into pentagram.post_vectors (space_id, post_id, content, vector)
        select %(space)s, given.id, 'words', given.vector::halfvec
        from unnest(%(ids)s::uuid[], %(vectors)s::text[]) as given (id, vector)
        on conflict (space_id, post_id) do update set vector = excluded.vector""",
        space=space.id, ids=[post_id for post_id, _ in kept], vectors=[vector for _, vector in kept],
    )  # fmt: skip


def keep_vocabulary(tx: Transaction, ids: Sequence[UUID]) -> None:
    """Count the words of these posts. Rows are taken in the order of the words, so that no two wait for each other."""
    found = tx.rows(_Word, WORDS, ids=list(ids))
    words = [each.word for each in found]
    known = set(tx.values(KNOWN_WORDS, words=words))
    tx.execute(COUNTED, words=words, posts=[each.posts for each in found])
    fresh = [each for each in found if each.word not in known]
    if fresh:
        tx.execute(
            """insert into pentagram.vocabulary (word, stem, posts, shapes)
            select given.word, given.stem, given.posts,
              array(select value::bigint from jsonb_array_elements_text(given.shapes) as value)
            from unnest(%(words)s::text[], %(stems)s::text[], %(posts)s::integer[], %(shapes)s::jsonb[])
              as given (word, stem, posts, shapes)
            order by given.word
            on conflict (word) do update set posts = vocabulary.posts + excluded.posts""",
            words=[each.word for each in fresh], stems=[each.stem for each in fresh],
            posts=[each.posts for each in fresh], shapes=[json.dumps(shapes(each.word)) for each in fresh],
        )  # fmt: skip


POSTS, PROMPTS = "posts", "prompts"
NEXT: dict[str, LiteralString] = {
    POSTS: """select id from pentagram.posts where (%(until)s::uuid is null or id > %(until)s) and deleted_at is null
      order by id limit %(most)s""",
    PROMPTS: """select id from pentagram.requests where %(until)s::uuid is null or id > %(until)s
      order by id limit %(most)s""",
}
CAME_TO: dict[str, LiteralString] = {
    POSTS: "update pentagram.spaces set posts_until = %(until)s where id = %(space)s",
    PROMPTS: "update pentagram.spaces set prompts_until = %(until)s where id = %(space)s",
}
LEFT: LiteralString = """
select (select count(*) from pentagram.posts where (%(posts)s::uuid is null or id > %(posts)s) and deleted_at is null)
  + (select count(*) from pentagram.requests where %(prompts)s::uuid is null or id > %(prompts)s)
"""
FORGOTTEN: LiteralString = """
with gone as (select v.space_id, v.post_id from pentagram.post_vectors v join pentagram.spaces s on s.id = v.space_id
    where s.state = 'retired' limit 5000),
  prompts as (select v.space_id, v.request_id
    from pentagram.prompt_vectors v join pentagram.spaces s on s.id = v.space_id where s.state = 'retired' limit 5000),
  forgotten as (delete from pentagram.prompt_vectors v using prompts
    where (v.space_id, v.request_id) = (prompts.space_id, prompts.request_id) returning 1)
delete from pentagram.post_vectors v using gone where (v.space_id, v.post_id) = (gone.space_id, gone.post_id)
"""
WORDS: LiteralString = """
select l.lexeme as word,
  coalesce((tsvector_to_array(to_tsvector('pg_catalog.english', l.lexeme)))[1], l.lexeme) as stem,
  count(*)::integer as posts
from pentagram.readable(%(ids)s) r
cross join lateral unnest(to_tsvector('pentagram.exact',
  pentagram.fold(concat_ws(' ', r.prompt, array_to_string(r.tags, ' '), r.caption)))) l
where length(l.lexeme) <= 60
group by l.lexeme order by l.lexeme
"""
KNOWN_WORDS: LiteralString = """
select word from pentagram.vocabulary where word = any(%(words)s) order by word for no key update
"""
COUNTED: LiteralString = """
update pentagram.vocabulary v set posts = v.posts + given.posts
from unnest(%(words)s::text[], %(posts)s::integer[]) as given (word, posts) where v.word = given.word
"""
RECOUNT: LiteralString = """
update pentagram.vocabulary v set posts = coalesce(c.ndoc, 0)
from pentagram.vocabulary w
left join ts_stat('select ts_filter(words, ''{a,b,c}'') from pentagram.post_words') c on c.word = w.word
where v.word = w.word and v.posts <> coalesce(c.ndoc, 0)
"""


@dataclass(frozen=True)
class _Unread:
    id: int
    post_id: UUID


@dataclass(frozen=True)
class _Prompt:
    id: UUID
    prompt: str
