-- What people bring along from elsewhere, and what they take with them.

set local search_path = pentagram, extensions, public;

-- The id that `new_id` would have given then: what is brought along takes its place in time among what is there. Nothing
-- comes from the future.
create function id_at(moment timestamptz) returns uuid language sql volatile strict as $$
  select encode(
    substring(int8send((extract(epoch from
      least(greatest(moment, timestamptz '2000-01-01 00:00:00+00'), clock_timestamp())) * 1000)::bigint) from 3)
    || set_byte(set_byte(random, 0, (get_byte(random, 0) & 15) | 112), 2, (get_byte(random, 2) & 63) | 128),
    'hex')::uuid
  from (select substring(uuid_send(gen_random_uuid()) from 7) as random) as bytes
$$;

-- `digest` is of the file: the same one begun twice is one import. `parts` is in how many pieces the storage may hold it,
-- said before it does. `by_operator`: brought from this installation's own command line.
create table imports (
  id uuid primary key default pentagram.new_id(),
  account_id uuid not null references accounts on delete cascade,
  name text not null check (length(name) <= 200),
  digest bytea not null,
  bytes bigint not null,
  parts integer not null,
  private boolean not null,
  by_operator boolean not null,
  state text not null default 'arriving'
    check (state in ('arriving', 'waiting', 'working', 'done', 'failed', 'cancelled')),
  note text not null default '',
  started_at timestamptz not null,
  finished_at timestamptz
);
create unique index imports_unfinished on imports (account_id, digest) where finished_at is null;
create index on imports (account_id, id desc);

-- `payload` is what there is to do and goes when it is done; `told_id` is what the file itself calls the item.
create table import_items (
  import_id uuid not null references imports on delete cascade,
  position integer not null,
  kind text not null check (kind in ('picture', 'prompt', 'post')),
  name text not null check (length(name) <= 200),
  told_id jsonb,
  state text not null check (state in ('waiting', 'done', 'skipped', 'failed')),
  reason text not null default '',
  payload jsonb,
  creation_id uuid references creations on delete set null,
  post_id uuid references posts on delete set null,
  primary key (import_id, position)
);
create index on import_items (import_id, state, position);
create index on import_items (creation_id) where creation_id is not null;
create index on import_items (post_id) where post_id is not null;

-- SHA-256 of a picture's pixels, as they came and as they are kept: how it is known again, whatever is written in its
-- file; and of the file that it came in. Of what was painted here the pixels' is reckoned when somebody brings along a
-- picture that looks alike.
create table picture_hashes (
  account_id uuid not null references accounts on delete cascade,
  hash bytea not null,
  creation_id uuid not null references creations on delete cascade,
  primary key (account_id, hash, creation_id)
);
create index on picture_hashes (creation_id);

-- `last_id` is the last picture that is in it, `until_id` the last one to come in.
create table exports (
  id uuid primary key default pentagram.new_id(),
  account_id uuid not null references accounts on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'working', 'ready', 'failed')),
  note text not null default '',
  total integer not null default 0,
  done integer not null default 0,
  bytes bigint not null default 0,
  parts integer not null default 0,
  last_id uuid,
  until_id uuid,
  started_at timestamptz not null,
  ready_at timestamptz,
  expires_at timestamptz
);
create unique index exports_unfinished on exports (account_id) where state in ('waiting', 'working');
create index on exports (account_id, id desc);

-- The pieces of it that the storage holds, with the zip's entries that begin in each.
create table export_parts (
  export_id uuid not null references exports on delete cascade,
  position integer not null,
  bytes integer not null,
  entries jsonb not null default '[]',
  primary key (export_id, position)
);

select pentagram.close_tables();
