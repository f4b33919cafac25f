-- The society of residents: its clock and budgets, what each of them is about to do, whom they know, what it costs.

set local search_path = pentagram, extensions, public;

-- One row. Between `real_at` and now the society's own time went on from `sim_at` by `speed`, while it is running.
create table society (
  id boolean primary key default true check (id),
  running boolean not null default false,
  speed real not null default 1 check (speed > 0 and speed <= 100),
  sim_at timestamptz not null default now(),
  real_at timestamptz not null default now(),
  pictures_an_hour integer not null default 30 check (pictures_an_hour >= 0),
  tokens_an_hour integer not null default 100000 check (tokens_an_hour >= 0),
  usd_an_hour numeric(10, 4) not null default 0.5 check (usd_an_hour >= 0)
);
insert into society default values;

alter table residents
  add column turn integer not null default 0,
  -- What they like by now, by topic, where that is not any more what their persona says.
  add column tastes jsonb not null default '{}',
  add column last_turn_at timestamptz,
  -- The last day of the society's that was made into long memories.
  add column summed_up date,
  -- Until when they know, by the real clock, what others did with what is theirs.
  add column seen_at timestamptz not null default now(),
  add column model text,
  add column vector halfvec;

-- `happened_at` is the society's time, the id knows the real one.
-- planned: decided, about to be done; waiting: for a picture; done; dropped: it could not be done, `reasons` say why.
alter table resident_actions
  add column state text not null default 'done' check (state in ('planned', 'waiting', 'done', 'dropped')),
  add column turn integer,
  add column other_id uuid references accounts on delete set null,
  add column comment_id uuid references comments on delete set null,
  add column request_id uuid references requests on delete set null,
  add column details jsonb not null default '{}';
create index on resident_actions (other_id);
create index on resident_actions (comment_id);
create index on resident_actions (request_id);
create index on resident_actions (happened_at);
create index on resident_actions (id) where state in ('planned', 'waiting');

alter table resident_memories
  alter column vector type halfvec,
  add column about_id uuid references accounts on delete cascade,
  add column post_id uuid references posts on delete set null,
  add column happened_at timestamptz not null default now();
create index on resident_memories (about_id);
create index on resident_memories (post_id);

create table resident_ties (
  account_id uuid not null references residents on delete cascade,
  other_id uuid not null references accounts on delete cascade,
  warmth real not null default 0,
  meetings integer not null default 0,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (account_id, other_id)
);
create index on resident_ties (other_id);
create index on resident_ties (account_id, warmth desc);

-- What residents use up, held back before and settled after. It outlives them: the hour's sums stay right.
create table resident_spending (
  id uuid primary key default pentagram.new_id(),
  account_id uuid references accounts on delete set null,
  action_id uuid references resident_actions on delete set null,
  kind text not null check (kind in ('picture', 'words')),
  pictures integer not null default 0,
  tokens integer not null default 0,
  usd numeric(12, 6) not null default 0,
  settled boolean not null default false,
  booked_at timestamptz not null default now()
);
create index on resident_spending (booked_at);
create index on resident_spending (account_id);
create index on resident_spending (action_id);

select pentagram.close_tables();
