-- Engines elsewhere, pictures to start from, cancelling, and what painting costs.

set local search_path = pentagram, extensions, public;

-- A picture that somebody brought along to start from. 'unchecked' where no picture gate looked at it.
create table uploads (
  id uuid primary key default pentagram.new_id(),
  account_id uuid not null references accounts on delete cascade,
  key text not null,
  width integer not null,
  height integer not null,
  decision text not null check (decision in ('allow', 'sensitive', 'unchecked')),
  phash bigint not null,
  created_at timestamptz not null default now()
);
create index on uploads (account_id, created_at);
create index on uploads (key);
create index on uploads (created_at);

-- `fallback`: the person allows the next engine to paint where the one they chose does not answer or is too dear.
-- `upload_id` or `source_id` is the picture to start from.
alter table requests
  add column fallback boolean not null default false,
  add column upload_id uuid references uploads on delete set null,
  add column source_id uuid references creations on delete set null,
  add column starts_from_picture boolean not null default false;
create index on requests (upload_id) where upload_id is not null;
create index on requests (source_id) where source_id is not null;

-- `engine` and `model` are what painted it in the end. `call_id` is the call under way to a distant engine, `calls`
-- how many came before it, so that a picture is asked for under a new name only after the old call has ended.
-- `estimate_usd` is held back from the day's budget until the ledger knows what it cost.
-- 'unchecked': it stems from an upload that no gate and no moderator looked at.
alter table creations
  add column engine text not null default '',
  add column model text not null default '',
  add column progress real not null default 0 check (progress between 0 and 1),
  add column call_id text,
  add column calls smallint not null default 0,
  add column estimate_usd numeric(12, 6) not null default 0,
  add column sensitive boolean not null default false,
  add column unchecked boolean not null default false,
  add column started_at timestamptz;
create index on creations (engine, ready_at desc) where state = 'ready';

create index on ledger (engine, id desc);

select pentagram.close_tables();
