-- My interests: what somebody wants less of an interest than was learned, and what a tab's visitor saw, which becomes
-- theirs when they make an account.

set local search_path = pentagram, extensions, public;

alter table interests drop constraint interests_state_check;
alter table interests add check (state in ('auto', 'pinned', 'weak', 'removed'));

create index impressions_of_visitors on impressions (visitor) where visitor is not null;
create index on unwanted_makers (account_id, created_at desc, maker_id desc);
