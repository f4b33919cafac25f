-- The experiments page: whose posts were shown how often on which day, and how much the house surprises.

set local search_path = pentagram, extensions, public;

-- `part` is the last byte of a maker's id, which is left to chance: the makers of some parts are a sample of all.
create table maker_days (
  account_id uuid not null references accounts on delete cascade,
  day date not null,
  views integer not null check (views >= 0),
  part smallint not null generated always as (get_byte(uuid_send(account_id), 15)) stored,
  primary key (account_id, day)
);
create index on maker_days (part, day);
create index on maker_days (day);
insert into maker_days (account_id, day, views)
select p.account_id, (s.shown_at at time zone 'UTC')::date, count(*)
from impressions s join posts p on p.id = s.post_id
where s.account_id is not null and s.policy = 'ours-1'
  and s.id <= coalesce((select value::bigint from installation where key = 'for_you_learned_until'), 0)
group by 1, 2;

-- How often a place goes to a surprise where somebody set nothing themselves: the newest row holds.
create table discovery_shares (
  id bigint generated always as identity primary key,
  share double precision not null check (share between 0 and 1),
  account_id uuid references accounts on delete set null,
  set_at timestamptz not null default now()
);
create index on discovery_shares (account_id);

select pentagram.close_tables();
