"""Every list that grows is read from an index of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

import psycopg
import pytest

from services import bootstrap
from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.platform.database import Database
from services.safety.prompts import ALLOWED
from services.studio.history import Filter
from tests.fakes.embeddings import WordVectors, unread
from tests.fakes.town_of_residents import settle


class Overheard(Database):
    """Keeps what it is asked."""

    def __init__(self, conninfo):
        super().__init__(lambda: conninfo)
        self.asked = []

    def rows(self, into, sql, **parameters):
        self.asked.append((sql, parameters))
        return super().rows(into, sql, **parameters)

    def values(self, sql, **parameters):
        self.asked.append((sql, parameters))
        return super().values(sql, **parameters)

    def value(self, sql, **parameters):
        self.asked.append((sql, parameters))
        return super().value(sql, **parameters)


@pytest.fixture
def overheard(settings, database):
    """A house on the same database as the others of a test."""
    house = bootstrap.build(settings, db=Overheard(database), embeddings=WordVectors(), meaning=unread)
    house.db.open()
    yield house
    house.close()


@dataclass(frozen=True)
class Town:
    """Somebody with one of everything."""

    house: Pentagram
    mira: Account
    post: UUID
    comment: UUID
    board: UUID


@pytest.fixture
def town(house, person, paint, overheard):
    mira = person("mira")
    post = house.posts.publish([paint(mira).creations[0].id], by=mira, token="press-to-post")
    comment = house.comments.write(post.id, "Give it a minute.", by=mira, token="press-to-write")
    board = house.collections.create("Foxes", by=mira, token="press-to-make")
    settle(house, "salt")
    return Town(overheard, mira, post.id, comment.id, board.id)


def moderator(town):
    return replace(town.mira, role="moderator")


# The index, and a list that it serves.
LISTS = {
    "accounts_name_idx": lambda town: town.house.people.named_like("mi", viewer=town.mira),
    "accounts_lower_idx": lambda town: town.house.people.named_like("mi", viewer=town.mira),
    "blocked_tries_newest": lambda town: town.house.tries.weigh("a fox", ALLOWED, of=town.mira.id),
    "blocked_tries_oldest": lambda town: town.house.tries.with_words("a fox"),
    "cases_queue": lambda town: town.house.moderation.queue.page(by=moderator(town)),
    "decisions_account_id_id_idx": lambda town: town.house.moderation.appeals.mine(by=town.mira),
    "decisions_answers_idx": lambda town: town.house.moderation.records.log(by=moderator(town)),
    "decisions_pkey": lambda town: town.house.moderation.records.log(by=moderator(town)),
    "reports_about": lambda town: town.house.moderation.queue.page(by=moderator(town)),
    "blocks_account_id_created_at_blocked_id_idx": lambda town: town.house.people.blocked_by(town.mira),
    "collection_posts_order": lambda town: town.house.collections.posts(town.board, viewer=town.mira),
    "collections_account_id_id_idx": lambda town: town.house.collections.mine(by=town.mira),
    "comment_likes_newest": lambda town: town.house.notifications.page(by=town.mira),
    "comments_best": lambda town: town.house.comments.threads(town.post, viewer=town.mira, order="best"),
    "comments_replies": lambda town: town.house.comments.replies(town.comment, viewer=town.mira),
    "comments_threads": lambda town: town.house.comments.threads(town.post, viewer=town.mira),
    "creations_own": lambda town: town.house.history.page(by=town.mira, wanted=Filter(sort="best rated")),
    "creations_unlooked": lambda town: town.house.looks.waiting(),
    "follows_followers": lambda town: town.house.people.followers("mira", viewer=town.mira),
    "follows_following": lambda town: town.house.people.following("mira", viewer=town.mira),
    "ledger_account_id_booked_at_idx": lambda town: town.house.history.usage(by=town.mira),
    "likes_newest": lambda town: town.house.notifications.page(by=town.mira),
    "mutes_account_id_created_at_muted_id_idx": lambda town: town.house.people.muted_by(town.mira),
    "notifications_newest": lambda town: town.house.notifications.page(by=town.mira),
    "notifications_unread": lambda town: town.house.notifications.unread_count(by=town.mira),
    "post_edits_post_id_id_idx": lambda town: town.house.posts.edits(town.post, by=town.mira),
    "own_rules_current": lambda town: town.house.own_rules.current(),
    "posts_remixes": lambda town: town.house.posts.lineage(town.post, viewer=town.mira),
    "unwanted_makers_account_id_created_at_maker_id_idx": lambda town: town.house.people.unwanted_by(town.mira),
    "resident_actions_account_id_id_idx": lambda town: town.house.watching.timeline(viewer=town.mira, resident="salt"),
    "resident_actions_kind_id_idx": lambda town: town.house.watching.timeline(viewer=town.mira, kind="like"),
    "resident_actions_pkey": lambda town: town.house.watching.timeline(viewer=town.mira),
    "resident_memories_account_id_id_idx": lambda town: town.house.watching.memories("salt"),
    "resident_ties_account_id_warmth_idx": lambda town: town.house.watching.ties("salt", viewer=town.mira),
    "requests_account_id_id_idx": lambda town: town.house.history.page(by=town.mira),
}


@pytest.mark.parametrize("index", LISTS)
def test_a_list_is_read_from_its_index_and_never_from_a_whole_table(database, town, index):
    """Asked of a planner that would rather not read a whole table nor sort: where it still does, nothing else would
    give the list."""
    town.house.db.asked.clear()
    LISTS[index](town)
    with psycopg.connect(database) as connection:
        for way in ("seqscan", "sort", "bitmapscan"):
            connection.execute(f"set local enable_{way} = off")
        plans = [explained(connection, *asked) for asked in town.house.db.asked]

    assert f"using {index} on" in "\n".join(plans)
    assert not [plan for plan in plans if "Seq Scan" in plan]


def explained(connection, sql, parameters):
    return "\n".join(line for (line,) in connection.execute(f"explain {sql}", parameters))
