"""Finding posts by what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from services.community.accounts import Account
from services.community.posts import COLUMNS, FROM, LISTED, VISIBLE, Post
from services.discovery.embeddings import MODEL, Embeddings
from services.errors import UserError
from services.ids import parse_id
from services.platform.database import Database, Transaction
from services.text import clean

LONGEST_QUERY = 500
MOST = 24


@dataclass(frozen=True)
class Found(Post):
    score: float
    """Cosine similarity of the post's prompt to the query: 1 is the same meaning."""


class Search:
    def __init__(self, db: Database, embeddings: Embeddings) -> None:
        self._db = db
        self._embeddings = embeddings

    def prepare(self) -> None:
        """Somebody is about to search."""
        self._embeddings.warm()

    def posts(self, query: str, *, viewer: Account | None, limit: int = MOST) -> list[Found]:
        """The posts nearest in meaning among those that the viewer may be shown."""
        query = clean(query, most=LONGEST_QUERY, what="What you search for", newlines=False)
        if not query:
            raise UserError("Write what you are looking for.")
        vector = str(self._embeddings.of([query])[0])
        with self._db.transaction() as tx:
            return _nearest(tx, vector, viewer, limit)

    def like(self, post_id: object, *, viewer: Account | None, limit: int = MOST) -> list[Found]:
        """The posts nearest in meaning to this one; none while its prompt was not read yet, or is its author's own."""
        wanted = parse_id(post_id, "post")
        with self._db.transaction() as tx:
            vector = tx.value(
                f"""select v.vector::text {FROM} join pentagram.prompt_vectors v on v.request_id = r.id
                where p.id = %(id)s and v.model = %(model)s and p.shows_prompt and {VISIBLE}""",
                id=wanted, model=MODEL, viewer=viewer.id if viewer else None,
            )  # fmt: skip
            found = [] if vector is None else _nearest(tx, vector, viewer, limit + 1)
        return [post for post in found if post.id != wanted][:limit]


def _nearest(tx: Transaction, vector: str, viewer: Account | None, limit: int) -> list[Found]:
    tx.use_vectors()
    found = tx.rows(
        Found,
        f"""select {COLUMNS}, 1 - (v.vector <=> %(vector)s::halfvec) as score
        {FROM} join pentagram.prompt_vectors v on v.request_id = r.id
        where v.model = %(model)s and p.shows_prompt and {LISTED}
        order by v.vector <=> %(vector)s::halfvec limit %(limit)s""",
        model=MODEL, vector=vector, viewer=viewer.id if viewer else None, limit=limit,
    )  # fmt: skip
    # Again, because the index hands rows over in an order that is only nearly right.
    return sorted(found, key=lambda post: -post.score)
