"""What moderation came to, month by month, for everybody to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from services.platform.database import Database
from services.safety.cases import BY_SYSTEM

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """UTC."""

    begins: datetime
    reports: Mapping[str, int]
    """By reason."""
    decisions: Mapping[str, int]
    """By verdict."""
    appeals: int
    appeals_upheld: int
    """Of those of this month."""
    blocked: Mapping[str, int]
    """Prompts, by category."""
    median_hours: float | None
    """From a report of this month to its decision; None where none was decided yet."""


COUNTS: LiteralString = f"""
with months as (
  select begins, begins + interval '1 month' as ends from generate_series(
    date_trunc('month', now() at time zone 'UTC') - make_interval(months => %(months)s - 1),
    date_trunc('month', now() at time zone 'UTC'), interval '1 month') as begins
)
select m.begins at time zone 'UTC' as begins,
  coalesce((select jsonb_object_agg(reason, number) from (
    select r.reason, count(*) as number from pentagram.reports r
    where r.created_at >= m.begins at time zone 'UTC' and r.created_at < m.ends at time zone 'UTC' and not {BY_SYSTEM}
    group by r.reason) each), '{{}}') as reports,
  coalesce((select jsonb_object_agg(verdict, number) from (
    select d.verdict, count(*) as number from pentagram.decisions d
    where d.created_at >= m.begins at time zone 'UTC' and d.created_at < m.ends at time zone 'UTC'
      and d.follows is null
    group by d.verdict) each), '{{}}') as decisions,
  coalesce((select jsonb_object_agg(b.category, b.prompts) from pentagram.blocked_counts b
    where b.month = m.begins::date), '{{}}') as blocked,
  appealed.number as appeals, appealed.upheld as appeals_upheld,
  (select percentile_cont(0.5) within group (order by extract(epoch from r.decided_at - r.created_at) / 3600)
    from pentagram.reports r where r.decided_at is not null
    and r.created_at >= m.begins at time zone 'UTC' and r.created_at < m.ends at time zone 'UTC') as median_hours
from months m cross join lateral (
  select count(*) as number, count(*) filter (where e.state = 'upheld') as upheld from pentagram.appeals e
  where e.created_at >= m.begins at time zone 'UTC' and e.created_at < m.ends at time zone 'UTC') appealed
order by m.begins desc
"""


class Counts:
    def __init__(self, db: Database) -> None:
        self._db = db

    def months(self) -> list[Month]:
        """The last twelve, this one first; without those before anything happened."""
        found = self._db.rows(Month, COUNTS, months=MONTHS)
        while len(found) > 1 and not _is_told_of(found[-1]):
            found.pop()
        return found


def _is_told_of(month: Month) -> bool:
    return bool(month.reports or month.blocked or month.decisions or month.appeals)
