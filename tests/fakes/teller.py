"""Stands in for the notifications where a test is about what they are told of."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.community.accounts import Account
from services.community.comments import Comment
from services.community.posts import Post


class Listener:
    """Keeps what it is told. `broken` raises instead, as notifications do when their database does not answer."""

    def __init__(self, *, broken: bool = False) -> None:
        self.heard: list[tuple[object, ...]] = []
        self._broken = broken

    def liked(self, post: Post, by: Account) -> None:
        self._hear("liked", post.id, by.name)

    def remixed(self, original_id: UUID, remix: Post, by: Account) -> None:
        self._hear("remixed", original_id, by.name)

    def mentioned(self, post: Post, names: Sequence[str], by: Account) -> None:
        self._hear("mentioned", post.id, *names)

    def commented(self, post: Post, comment: Comment, by: Account) -> None:
        self._hear("commented", post.id, comment.body)

    def mentioned_in(self, comment: Comment, names: Sequence[str], by: Account) -> None:
        self._hear("mentioned in", comment.id, *names)

    def liked_comment(self, comment: Comment, by: Account) -> None:
        self._hear("liked comment", comment.id, by.name)

    def _hear(self, *what: object) -> None:
        if self._broken:
            raise RuntimeError("Nobody listens.")
        self.heard.append(what)
