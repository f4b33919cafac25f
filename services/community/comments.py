"""What people say under a post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.community.accounts import Account
from services.community.posts import Posts
from services.errors import NotAllowed, NotFound, UserError
from services.ids import check_token, parse_id
from services.platform.database import Database
from services.safety.prompts import PromptGate
from services.text import clean

LONGEST = 2200
PAGE = 50


@dataclass(frozen=True)
class Comment:
    id: UUID
    body: str
    created_at: datetime
    author: str
    author_kind: str
    demo: bool
    mine: bool


class Comments:
    def __init__(self, db: Database, posts: Posts, gate: PromptGate) -> None:
        self._db = db
        self._posts = posts
        self._gate = gate

    def write(self, post_id: object, body: str, *, by: Account, token: str) -> None:
        """Say something under a post one may see. The same token again is the same comment."""
        post = self._posts.get(post_id, viewer=by)
        body = clean(body, most=LONGEST, what="The comment")
        if not body:
            raise UserError("The comment is empty.")
        check_token(token, again="write")
        if not post.takes_comments:
            raise NotAllowed("Comments are turned off for this post.")
        verdict = self._gate.check(body)
        if verdict.decision == "block":
            raise UserError(verdict.refusal("comment"))
        self._db.execute(
            """insert into pentagram.comments (post_id, account_id, token, body)
            values (%(post)s, %(by)s, %(token)s, %(body)s) on conflict (account_id, token) do nothing""",
            post=post.id, by=by.id, token=token, body=body,
        )  # fmt: skip

    def under(self, post_id: object, *, viewer: Account | None, limit: int = PAGE) -> list[Comment]:
        """The newest comments, oldest of them first."""
        post = self._posts.get(post_id, viewer=viewer)
        newest = self._db.rows(
            Comment,
            """select k.id, k.body, k.created_at, a.name as author, a.kind as author_kind, a.demo,
              k.account_id is not distinct from %(viewer)s as mine
            from pentagram.comments k join pentagram.accounts a on a.id = k.account_id
            where k.post_id = %(post)s and k.deleted_at is null and k.removed_at is null
              and not exists (select from pentagram.blocks b
                where (b.account_id = k.account_id and b.blocked_id = %(viewer)s)
                   or (b.account_id = %(viewer)s and b.blocked_id = k.account_id))
            order by k.id desc limit %(limit)s""",
            post=post.id, viewer=viewer.id if viewer else None, limit=limit,
        )  # fmt: skip
        return newest[::-1]

    def delete(self, comment_id: object, *, by: Account) -> None:
        gone = self._db.execute(
            """update pentagram.comments set deleted_at = now()
            where id = %(id)s and account_id = %(by)s and deleted_at is null""",
            id=parse_id(comment_id, "comment"), by=by.id,
        )  # fmt: skip
        if not gone:
            raise NotFound("There is no such comment among yours.")
