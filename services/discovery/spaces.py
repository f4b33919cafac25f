"""Which model's vectors are searched. A model in one version is a space; vectors of two are never compared. Words are
read in one, and where a model of pictures is configured what is to be seen on them in another.

| state     | means                                                             | goes on to |
|-----------|-------------------------------------------------------------------|------------|
| filling   | everything is being read by it, search goes on in the one serving | serving    |
| serving   | what is asked for is compared in it                               | retired    |
| retired   | its vectors are deleted                                           | filling    |
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, LiteralString
from uuid import UUID

from services.discovery.embeddings import Embeddings, embeddings_named
from services.errors import ConfigurationError, Unavailable
from services.platform.database import Database, Transaction

log = logging.getLogger(__name__)

Content = Literal["words", "picture"]

VECTORS: dict[Content, LiteralString] = {"words": "post_vectors", "picture": "picture_vectors"}
"""Where the vectors of each are kept."""
COLUMNS: LiteralString = "id, model, revision, dimensions, state, posts_until, prompts_until"


@dataclass(frozen=True)
class Space:
    id: int
    model: str
    revision: str
    dimensions: int
    state: str
    posts_until: UUID | None
    prompts_until: UUID | None

    @property
    def comparable(self) -> LiteralString:
        """A vector `v` as the space's index has it."""
        return f"v.vector::halfvec({int(self.dimensions)})"

    @property
    def halfvec(self) -> LiteralString:
        return f"halfvec({int(self.dimensions)})"


class Spaces:
    def __init__(
        self, db: Database, embeddings: Embeddings, older: Callable[[str], Embeddings] = embeddings_named,
        content: Content = "words",
    ) -> None:  # fmt: skip
        """`embeddings` is the model that is configured; `older` makes the one of a space that still serves."""
        self._db = db
        self._content = content
        self._embeddings = embeddings
        self._older = older
        self._others: dict[str, Embeddings] = {}
        self._gone: set[int] = set()
        self._closed = False
        self._turn = threading.Lock()
        self._one_asks = threading.Lock()

    def serving(self, tx: Transaction | Database) -> Space | None:
        return tx.row(
            Space,
            f"select {COLUMNS} from pentagram.spaces where content = %(content)s and state = 'serving'",
            content=self._content,
        )

    def live(self, tx: Transaction | Database) -> list[Space]:
        """Those that have to know of everything new."""
        return tx.rows(
            Space,
            f"""select {COLUMNS} from pentagram.spaces
            where content = %(content)s and state in ('serving', 'filling') order by id""",
            content=self._content,
        )

    def warm(self) -> None:
        self._embeddings.warm()

    def close(self) -> None:
        """The models of older spaces; the configured one belongs to whoever made it."""
        with self._turn:
            self._closed = True
            others = list(self._others.values())
        for other in others:
            other.close()

    def model_of(self, space: Space) -> Embeddings:
        """`Unavailable` where what goes by the space's name now is another version, or is there no more."""
        model = self.named(space.model)
        revision = model.about().revision if model is self._embeddings else self._revision_of(model, space)
        if revision != space.revision:
            raise Unavailable(f"{space.model} is not the version that posts were read with.")
        return model

    def _revision_of(self, older: Embeddings, space: Space) -> str:
        """Where it does not load, that is tried once by whoever comes first: it takes seconds, and somebody waits."""
        with self._one_asks:
            if space.id in self._gone:
                raise Unavailable(f"{space.model} is gone.")
            try:
                return older.about().revision
            except (Unavailable, ConfigurationError):
                self._gone.add(space.id)
                raise

    def readers(self, spaces: Iterable[Space]) -> Iterator[tuple[Space, Embeddings]]:
        """The spaces with their models. One whose model is gone learns nothing new; it is about to be replaced."""
        about = self._embeddings.about()
        for space in spaces:
            try:
                model = self.model_of(space)
            except (Unavailable, ConfigurationError):
                if (space.model, space.revision) == (about.model, about.revision):
                    raise
                log.warning("Nothing is read with %s any more: it does not load.", space.model)
            else:
                yield space, model

    def named(self, model: str) -> Embeddings:
        """The configured model, or one made for whoever needs just this one; it is closed with the spaces."""
        if model == self._embeddings.model:
            return self._embeddings
        with self._turn:
            if self._closed:
                raise Unavailable("The house is closed.")
            if model not in self._others:
                self._others[model] = self._older(model)
            return self._others[model]

    def settle(self) -> None:
        """Make the space of the configured model if there is none, and have it filled."""
        about = self._embeddings.about()
        with self._db.transaction() as tx:
            tx.use_vectors()
            tx.execute("select pg_advisory_xact_lock(hashtext('pentagram spaces'))")
            mine = next((s for s in self.live(tx) if (s.model, s.revision) == (about.model, about.revision)), None)
            if mine is None or mine.state == "serving":
                self._retire(tx, "filling")
            if mine is None:
                self._make(tx, about.model, about.revision, about.dimensions)

    def finish(self, space: Space) -> None:
        """It knows everything: from now on it is the one that is searched."""
        with self._db.transaction() as tx:
            tx.execute("select pg_advisory_xact_lock(hashtext('pentagram spaces'))")
            if any(each.id == space.id and each.state == "filling" for each in self.live(tx)):
                self._retire(tx, "serving")
                tx.execute("update pentagram.spaces set state = 'serving' where id = %(id)s", id=space.id)

    def _retire(self, tx: Transaction, state: str) -> None:
        retired = tx.values(
            """update pentagram.spaces set state = 'retired' where content = %(content)s and state = %(state)s
            returning id""",
            content=self._content, state=state,
        )  # fmt: skip
        for number in retired:
            tx.execute(f"drop index if exists pentagram.{VECTORS[self._content]}_of_{int(number)}")

    def _make(self, tx: Transaction, model: str, revision: str, dimensions: int) -> None:
        """The first one serves at once: it has nothing to replace."""
        state = "serving" if self.serving(tx) is None else "filling"
        number = tx.value(
            """insert into pentagram.spaces (model, revision, content, dimensions, state)
            values (%(model)s, %(revision)s, %(content)s, %(dimensions)s, %(state)s)
            on conflict (model, revision, content) do update
              set state = excluded.state, posts_until = null, prompts_until = null
            returning id""",
            model=model, revision=revision, content=self._content, dimensions=dimensions, state=state,
        )  # fmt: skip
        tx.execute(index_of(number, dimensions, self._content))


def index_of(space_id: int, dimensions: int, content: Content = "words") -> LiteralString:
    table = VECTORS[content]
    return f"""create index if not exists {table}_of_{int(space_id)} on pentagram.{table}
      using hnsw ((vector::halfvec({int(dimensions)})) halfvec_cosine_ops) where space_id = {int(space_id)}"""
