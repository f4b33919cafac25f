"""What For you stands on in a house that `populate.py` filled: what was shown and what came of it, which posts go
together, and what some people like. It is made in SQL of the posts and likes that are there."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from psycopg import Connection

from benchmarks.loading import timed, without_indexes
from services.discovery.recommendations.choosing import POLICY
from services.discovery.recommendations.features import AT, FEATURES
from services.discovery.recommendations.training import LEARNED_UNTIL
from services.discovery.spaces import Space

PAGE = 12
PLACES_A_POST = 6
PAGES_AT_ONCE = 50_000
PAIRED = 26
"""Of the 256 parts of all people, the likes of those of so many tell which posts go together."""
MOST_INTERESTS = 12

PREPARED = (
    "select setseed(0.5)",
    """create temporary table viewers on commit drop as
    select row_number() over (order by account_id) - 1 as number, account_id
    from (select distinct account_id from pentagram.likes) l""",
    """create temporary table pool on commit drop as
    select row_number() over (order by hot desc, id) - 1 as number, id from pentagram.posts
    where visibility = 'public' and deleted_at is null and removed_at is null""",
    "create unique index on pool (number)",
    "create unique index on viewers (number)",
    "analyze pool",
    "analyze viewers",
)
# Every second place has something that is hot, the others have anything. How likely other ways would have put it there
# is on the average as likely as ours was, as it is in a true log.
PAGES = f"""
insert into pentagram.impressions
  (account_id, post_id, surface, policy, position, probability, features, ways, expected, outcome, served_id, shown_at)
select v.account_id, p.id, 'for_you', '{POLICY}', d.position, d.chance,
  array_fill(0.3::real, array[{AT["near"]}]) || (2.5 * d.taste - 0.75)::real
    || array_fill(0.3::real, array[{len(FEATURES) - AT["near"] - 1}]),
  array[d.chance * (0.5 + d.taste), d.chance * (1.5 - d.taste), d.chance * 2 * d.taste, d.chance * 2 * d.other,
    d.chance * 2 * (1 - d.other), 0.007],
  array[0.13, 0.09, 0.12, 0.11, 0.08, 0.07, 0.05 + 0.1 * d.taste],
  case when d.dice < 0.03 + 0.14 * d.taste then '{{like}}'::text[] when d.dice > 0.999 then '{{hide}}'::text[]
    else '{{}}'::text[] end, d.served, d.shown_at
from (
  select g.served, g.shown_at, g.viewer, r.*, position, 0.01 + 0.4 * r.luck as chance,
    floor(%(posts)s * power(r.which, 1 + 3 * (position %% 2)))::bigint as number
  from (
    select number, pentagram.new_id() as served, floor(random() * %(viewers)s)::bigint as viewer,
      (select max(created_at) from pentagram.posts) - interval '80 days' * (1 - number / %(pages)s::float8) as shown_at
    from generate_series(%(first)s::bigint, %(last)s::bigint) number) g
  cross join generate_series(0, {PAGE - 1}) position
  cross join lateral (
    select random() as dice, random() as taste, random() as other, random() as luck, random() as which
    where g.number + position >= 0) r
) d join pool p on p.number = d.number join viewers v on v.number = d.viewer
order by d.shown_at, d.position
"""
COUNTED = {
    "views of posts": """insert into pentagram.exposures (post_id, views, likes)
    select p.id, coalesce(s.views, 0), p.like_count from pentagram.posts p
    left join (select post_id, count(*) as views from pentagram.impressions group by post_id) s on s.post_id = p.id
    on conflict (post_id) do update set views = excluded.views, likes = excluded.likes""",
    "views of makers": """insert into pentagram.maker_exposures (account_id, views, likes)
    select p.account_id, sum(e.views), sum(e.likes)
    from pentagram.exposures e join pentagram.posts p on p.id = e.post_id group by p.account_id
    on conflict (account_id) do update set views = excluded.views, likes = excluded.likes""",
    "views by day": """insert into pentagram.maker_days (account_id, day, views)
    select p.account_id, (s.shown_at at time zone 'UTC')::date, count(*)
    from pentagram.impressions s join pentagram.posts p on p.id = s.post_id group by 1, 2
    on conflict (account_id, day) do update set views = excluded.views""",
    "liked together": f"""insert into pentagram.together (post_id, other_id, weight)
    select b.post_id, b.other_id, 0.3 * count(*) from (
      select l.post_id, lead(l.post_id) over (partition by l.account_id order by l.created_at) as other_id
      from pentagram.likes l where get_byte(uuid_send(l.account_id), 15) < {PAIRED}) one
    cross join lateral (values (one.post_id, one.other_id), (one.other_id, one.post_id)) b (post_id, other_id)
    where b.post_id <> b.other_id group by 1, 2 on conflict (post_id, other_id) do nothing""",
    "learned": f"""insert into pentagram.installation (key, value)
    select '{LEARNED_UNTIL}', to_jsonb(max(id)) from pentagram.impressions
    on conflict (key) do update set value = excluded.value""",
}
# One for each of the last likes: as many as the job would leave, if not as far apart.
INTERESTS = f"""
insert into pentagram.interests (id, account_id, space_id, vector, weight, sources, touched_at)
select pentagram.new_id(), a.id, v.space_id, v.vector, 2, jsonb_build_array(jsonb_build_object(
  'post', l.post_id, 'kind', 'like', 'weight', 1, 'at', now())), now()
from unnest(%(accounts)s::uuid[]) a (id)
cross join lateral (
  select k.post_id from pentagram.likes k where k.account_id = a.id
  order by k.created_at desc limit {MOST_INTERESTS}) l
join pentagram.post_vectors v on v.post_id = l.post_id and v.space_id = %(space)s
where not exists (select from pentagram.interests i where i.account_id = a.id)
"""


def fill(connection: Connection) -> None:
    """All of it or nothing. A house of which something was shown already is left as it is."""
    if connection.execute("select exists (select from pentagram.impressions)").fetchone()[0]:
        return
    with connection.transaction():
        connection.execute("set local session_replication_role = replica")
        connection.execute("set local maintenance_work_mem = '512MB'")
        connection.execute("set local work_mem = '256MB'")
        for statement in PREPARED:
            connection.execute(statement)
        with without_indexes(connection, "impressions"):
            _show(connection)
        for what, statement in COUNTED.items():
            with timed(what) as counted:
                counted(connection.execute(statement).rowcount)
    connection.execute("analyze")


def _show(connection: Connection) -> None:
    posts, viewers = (connection.execute(f"select count(*) from {name}").fetchone()[0] for name in ("pool", "viewers"))
    pages = posts * PLACES_A_POST // PAGE
    given = {"posts": posts, "viewers": viewers, "pages": pages}
    for first in range(1, pages + 1, PAGES_AT_ONCE):
        last = min(first + PAGES_AT_ONCE - 1, pages)
        with timed(f"shown {last / pages:>8.0%}") as counted:
            counted(connection.execute(PAGES, {**given, "first": first, "last": last}).rowcount)


def interest(connection: Connection, space: Space, accounts: Sequence[UUID]) -> int:
    """What these people like, by their last likes; of whom it is known already nothing is changed."""
    with connection.transaction():
        connection.execute("set local search_path = pentagram, extensions, public")
        return connection.execute(INTERESTS, {"accounts": list(accounts), "space": space.id}).rowcount
