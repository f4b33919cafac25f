-- Everything lives in a schema of its own that Supabase's REST roles are never let into. Row level security is on for
-- every table besides, so that a later careless grant still shows nobody anything.

create schema if not exists extensions;
create extension if not exists vector with schema extensions;
create schema if not exists pentagram;

set local search_path = pentagram, extensions, public;

-- Time-ordered (newest-first lists need no second column) and unguessable (unlisted posts are found by link only).
create function new_id() returns uuid language sql volatile as $$
  select encode(
    substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
    || set_byte(set_byte(random, 0, (get_byte(random, 0) & 15) | 112), 2, (get_byte(random, 2) & 63) | 128),
    'hex')::uuid
  from (select substring(uuid_send(gen_random_uuid()) from 7) as random) as bytes
$$;

-- Run after tables are made. Default privileges of the database may have granted Supabase's REST roles something;
-- where there are no such roles there is nothing to take.
create function close_tables() returns void language plpgsql as $$
declare
  target regclass;
  outsider text;
begin
  for target in
    select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'pentagram' and c.relkind in ('r', 'p')
  loop
    execute format('alter table %s enable row level security', target);
  end loop;
  for outsider in
    select 'public' union all select quote_ident(rolname) from pg_roles where rolname in ('anon', 'authenticated')
  loop
    execute format('revoke all on schema pentagram from %s', outsider);
    execute format('revoke all on all tables in schema pentagram from %s', outsider);
    execute format('revoke all on all sequences in schema pentagram from %s', outsider);
    execute format('revoke all on all routines in schema pentagram from %s', outsider);
  end loop;
end $$;

create table installation (
  key text primary key,
  value jsonb not null,
  updated_at timestamptz not null default now()
);

-- People and residents ------------------------------------------------------------------------------------------------

create table accounts (
  id uuid primary key default pentagram.new_id(),
  name text not null unique check (name ~ '^[a-z0-9_.]{3,30}$'),
  email text unique check (email = lower(email)),
  display_name text not null check (length(display_name) between 1 and 60),
  bio text not null default '' check (length(bio) <= 500),
  avatar_id uuid,
  password_hash text,
  role text not null default 'member' check (role in ('member', 'moderator', 'admin')),
  kind text not null default 'person' check (kind in ('person', 'resident')),
  demo boolean not null default false,
  shows_sensitive boolean not null default false,
  preferences jsonb not null default '{}',
  suspended_until timestamptz,
  signed_out_at timestamptz,
  created_at timestamptz not null default now()
);

create table identities (
  issuer text not null,
  subject text not null,
  account_id uuid not null references accounts on delete cascade,
  created_at timestamptz not null default now(),
  primary key (issuer, subject)
);
create index on identities (account_id);

create table sessions (
  token_hash bytea primary key,
  account_id uuid not null references accounts on delete cascade,
  device text not null default '',
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index on sessions (account_id);
create index on sessions (expires_at);

create table sign_in_failures (
  id bigint generated always as identity primary key,
  name text not null,
  address text not null,
  failed_at timestamptz not null default now()
);
create index on sign_in_failures (name, failed_at);
create index on sign_in_failures (address, failed_at);

create table follows (
  follower_id uuid not null references accounts on delete cascade,
  followed_id uuid not null references accounts on delete cascade,
  created_at timestamptz not null default now(),
  primary key (follower_id, followed_id),
  check (follower_id <> followed_id)
);
create index on follows (followed_id, follower_id);

create table mutes (
  account_id uuid not null references accounts on delete cascade,
  muted_id uuid not null references accounts on delete cascade,
  created_at timestamptz not null default now(),
  primary key (account_id, muted_id)
);
create index on mutes (muted_id);

create table blocks (
  account_id uuid not null references accounts on delete cascade,
  blocked_id uuid not null references accounts on delete cascade,
  created_at timestamptz not null default now(),
  primary key (account_id, blocked_id)
);
create index on blocks (blocked_id, account_id);

-- Making pictures -----------------------------------------------------------------------------------------------------

-- One press of Generate. `token` is the form's: the same press arriving twice is one request.
create table requests (
  id uuid primary key default pentagram.new_id(),
  account_id uuid not null references accounts on delete cascade,
  token text not null,
  prompt text not null check (length(prompt) between 1 and 2000),
  negative_prompt text not null default '' check (length(negative_prompt) <= 2000),
  width integer not null check (width between 256 and 2048),
  height integer not null check (height between 256 and 2048),
  engine text not null,
  model text not null default '',
  options jsonb not null default '{}',
  sensitive boolean not null default false,
  parent_id uuid references requests on delete set null,
  favourite boolean not null default false,
  created_at timestamptz not null default now(),
  unique (account_id, token)
);
create index on requests (account_id, id desc);
create index on requests (parent_id) where parent_id is not null;

create table creations (
  id uuid primary key default pentagram.new_id(),
  request_id uuid not null references requests on delete cascade,
  account_id uuid not null references accounts on delete cascade,
  position smallint not null check (position between 0 and 9),
  seed bigint not null check (seed between 0 and 4294967295),
  state text not null default 'queued'
    check (state in ('queued', 'painting', 'storing', 'ready', 'failed', 'blocked', 'cancelled')),
  failure text,
  picture_key text,
  thumbnail_key text,
  width integer,
  height integer,
  colour text,
  phash bigint,
  paint_ms integer,
  rating smallint check (rating between 1 and 5),
  created_at timestamptz not null default now(),
  ready_at timestamptz,
  unique (request_id, position),
  check (state <> 'ready' or (picture_key is not null and thumbnail_key is not null))
);
create index on creations (account_id, id desc);
create index on creations (account_id, created_at);
create index on creations (picture_key);
create index on creations (thumbnail_key);
create index on creations (state) where state in ('queued', 'painting', 'storing');
alter table accounts add foreign key (avatar_id) references creations on delete set null;
create index on accounts (avatar_id) where avatar_id is not null;

-- A painted picture whose storage did not answer; it moves there when the storage is back.
create table unstored_pictures (
  creation_id uuid primary key references creations on delete cascade,
  picture bytea not null,
  thumbnail bytea not null
);

-- 384 dimensions of all-MiniLM-L6-v2; `model` keeps two spaces from ever being compared.
create table prompt_vectors (
  request_id uuid primary key references requests on delete cascade,
  model text not null,
  vector halfvec(384) not null
);
create index prompt_vectors_nearest on prompt_vectors using hnsw (vector halfvec_cosine_ops);

create table ledger (
  id bigint generated always as identity primary key,
  account_id uuid references accounts on delete set null,
  creation_id uuid unique references creations on delete set null,
  engine text not null,
  gpu text not null default '',
  gpu_seconds numeric(12, 4) not null default 0,
  cost_usd numeric(12, 6) not null default 0,
  booked_at timestamptz not null default now()
);
create index on ledger (booked_at);
create index on ledger (account_id, booked_at);

-- Posts and conversation ----------------------------------------------------------------------------------------------

create table posts (
  id uuid primary key default pentagram.new_id(),
  account_id uuid not null references accounts on delete cascade,
  token text not null,
  caption text not null default '' check (length(caption) <= 2200),
  tags text[] not null default '{}',
  visibility text not null default 'public' check (visibility in ('public', 'unlisted', 'followers', 'private')),
  shows_prompt boolean not null default true,
  takes_comments boolean not null default true,
  sensitive boolean not null default false,
  remix_of uuid references posts on delete set null,
  like_count integer not null default 0 check (like_count >= 0),
  comment_count integer not null default 0 check (comment_count >= 0),
  save_count integer not null default 0 check (save_count >= 0),
  remix_count integer not null default 0 check (remix_count >= 0),
  created_at timestamptz not null default now(),
  edited_at timestamptz,
  deleted_at timestamptz,
  removed_at timestamptz,
  unique (account_id, token)
);
create index posts_fresh on posts (id desc) where visibility = 'public' and deleted_at is null and removed_at is null;
create index on posts (account_id, id desc);
create index on posts (remix_of) where remix_of is not null;
create index on posts using gin (tags);

create table post_pictures (
  post_id uuid not null references posts on delete cascade,
  position smallint not null check (position between 0 and 9),
  creation_id uuid not null references creations on delete cascade,
  alt text not null default '' check (length(alt) <= 2200),
  primary key (post_id, position),
  unique (creation_id, post_id)
);

create table post_edits (
  id bigint generated always as identity primary key,
  post_id uuid not null references posts on delete cascade,
  caption text not null,
  tags text[] not null,
  visibility text not null,
  edited_at timestamptz not null default now()
);
create index on post_edits (post_id, id);

create table likes (
  post_id uuid not null references posts on delete cascade,
  account_id uuid not null references accounts on delete cascade,
  created_at timestamptz not null default now(),
  primary key (post_id, account_id)
);
create index on likes (account_id, created_at desc);

create table comments (
  id uuid primary key default pentagram.new_id(),
  post_id uuid not null references posts on delete cascade,
  account_id uuid not null references accounts on delete cascade,
  parent_id uuid references comments on delete cascade,
  token text not null,
  body text not null check (length(body) between 1 and 2200),
  like_count integer not null default 0 check (like_count >= 0),
  created_at timestamptz not null default now(),
  edited_at timestamptz,
  deleted_at timestamptz,
  removed_at timestamptz,
  unique (account_id, token)
);
create index on comments (post_id, id);
create index on comments (parent_id) where parent_id is not null;

create table comment_likes (
  comment_id uuid not null references comments on delete cascade,
  account_id uuid not null references accounts on delete cascade,
  created_at timestamptz not null default now(),
  primary key (comment_id, account_id)
);
create index on comment_likes (account_id);

create table collections (
  id uuid primary key default pentagram.new_id(),
  account_id uuid not null references accounts on delete cascade,
  title text not null check (length(title) between 1 and 80),
  is_public boolean not null default false,
  cover_id uuid references posts on delete set null,
  created_at timestamptz not null default now()
);
create index on collections (account_id, id desc);
create index on collections (cover_id) where cover_id is not null;

create table collection_posts (
  collection_id uuid not null references collections on delete cascade,
  post_id uuid not null references posts on delete cascade,
  rank double precision not null,
  created_at timestamptz not null default now(),
  primary key (collection_id, post_id)
);
create index on collection_posts (collection_id, rank);
create index on collection_posts (post_id);

create table notifications (
  id uuid primary key default pentagram.new_id(),
  account_id uuid not null references accounts on delete cascade,
  kind text not null check (kind in ('like', 'comment', 'mention', 'follow', 'remix', 'moderation', 'search')),
  actor_id uuid references accounts on delete cascade,
  post_id uuid references posts on delete cascade,
  comment_id uuid references comments on delete cascade,
  details jsonb not null default '{}',
  created_at timestamptz not null default now(),
  read_at timestamptz
);
create index on notifications (account_id, id desc);
create index on notifications (account_id) where read_at is null;
create index on notifications (actor_id);
create index on notifications (post_id);
create index on notifications (comment_id);

-- What was shown to whom, where, and how likely it was to be shown: other ways of choosing are judged from this log.
create table impressions (
  id bigint generated always as identity primary key,
  account_id uuid references accounts on delete cascade,
  visitor text,
  post_id uuid not null references posts on delete cascade,
  surface text not null,
  policy text not null,
  position smallint not null,
  probability real not null check (probability > 0 and probability <= 1),
  features real[],
  dwell_ms integer,
  outcome text[] not null default '{}',
  shown_at timestamptz not null default now()
);
create index on impressions (account_id, shown_at desc);
create index on impressions (post_id);
create index on impressions using brin (shown_at);

create table hides (
  account_id uuid not null references accounts on delete cascade,
  post_id uuid not null references posts on delete cascade,
  reason text not null default '',
  created_at timestamptz not null default now(),
  primary key (account_id, post_id)
);
create index on hides (post_id);

-- Safety --------------------------------------------------------------------------------------------------------------

create table reports (
  id uuid primary key default pentagram.new_id(),
  reporter_id uuid references accounts on delete set null,
  account_id uuid references accounts on delete cascade,
  post_id uuid references posts on delete cascade,
  comment_id uuid references comments on delete cascade,
  reason text not null,
  note text not null default '' check (length(note) <= 2000),
  urgency smallint not null default 0,
  state text not null default 'open' check (state in ('open', 'decided')),
  created_at timestamptz not null default now(),
  check (num_nonnulls(account_id, post_id, comment_id) = 1)
);
create index on reports (urgency desc, id) where state = 'open';
create index on reports (reporter_id);
create index on reports (account_id);
create index on reports (post_id);
create index on reports (comment_id);

-- Append-only: a decision is answered by a later one, never changed. Targets are plain ids, so that the log outlives them.
create table decisions (
  id uuid primary key default pentagram.new_id(),
  report_id uuid,
  moderator_id uuid,
  account_id uuid,
  post_id uuid,
  comment_id uuid,
  creation_id uuid,
  verdict text not null,
  rule text not null default '',
  reason text not null,
  answers uuid references decisions,
  expires_at timestamptz,
  created_at timestamptz not null default now()
);
create index on decisions (account_id, id desc);
create index on decisions (post_id);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'decisions are append-only';
end $$;
create trigger decisions_append_only before update or delete on decisions
  for each row execute function pentagram.refuse_change();

-- Residents -----------------------------------------------------------------------------------------------------------

create table residents (
  account_id uuid primary key references accounts on delete cascade,
  persona jsonb not null,
  state text not null default 'active' check (state in ('active', 'paused', 'retired')),
  mood jsonb not null default '{}',
  next_turn_at timestamptz,
  created_at timestamptz not null default now()
);
create index on residents (next_turn_at) where state = 'active';

create table resident_memories (
  id uuid primary key default pentagram.new_id(),
  account_id uuid not null references residents on delete cascade,
  kind text not null,
  body text not null,
  weight real not null default 1,
  model text,
  vector halfvec(384),
  created_at timestamptz not null default now()
);
create index on resident_memories (account_id, id desc);

create table resident_actions (
  id uuid primary key default pentagram.new_id(),
  account_id uuid not null references residents on delete cascade,
  token text not null unique,
  kind text not null,
  post_id uuid references posts on delete set null,
  reasons jsonb not null default '{}',
  happened_at timestamptz not null default now()
);
create index on resident_actions (account_id, id desc);
create index on resident_actions (post_id);

-- Counts ride on triggers, so that they stay right on every way a row comes or goes, cascades included.
create function count_likes() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update pentagram.posts set like_count = like_count + 1 where id = new.post_id;
  else
    update pentagram.posts set like_count = like_count - 1 where id = old.post_id;
  end if;
  return null;
end $$;
create trigger likes_counted after insert or delete on likes
  for each row execute function pentagram.count_likes();

create function count_comment_likes() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update pentagram.comments set like_count = like_count + 1 where id = new.comment_id;
  else
    update pentagram.comments set like_count = like_count - 1 where id = old.comment_id;
  end if;
  return null;
end $$;
create trigger comment_likes_counted after insert or delete on comment_likes
  for each row execute function pentagram.count_comment_likes();

create function count_saves() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update pentagram.posts set save_count = save_count + 1 where id = new.post_id;
  else
    update pentagram.posts set save_count = save_count - 1 where id = old.post_id;
  end if;
  return null;
end $$;
create trigger saves_counted after insert or delete on collection_posts
  for each row execute function pentagram.count_saves();

-- A comment counts while it can be read.
create function count_comments() returns trigger language plpgsql as $$
declare
  before integer := case when tg_op <> 'INSERT' and coalesce(old.deleted_at, old.removed_at) is null then 1 else 0 end;
  after integer := case when tg_op <> 'DELETE' and coalesce(new.deleted_at, new.removed_at) is null then 1 else 0 end;
begin
  if before <> after then
    update pentagram.posts set comment_count = comment_count + after - before
    where id = case when tg_op = 'DELETE' then old.post_id else new.post_id end;
  end if;
  return null;
end $$;
create trigger comments_counted after insert or delete or update of deleted_at, removed_at on comments
  for each row execute function pentagram.count_comments();

create function count_remixes() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update pentagram.posts set remix_count = remix_count + 1 where id = new.remix_of;
  else
    update pentagram.posts set remix_count = remix_count - 1 where id = old.remix_of;
  end if;
  return null;
end $$;
create trigger remixes_counted_in after insert on posts
  for each row when (new.remix_of is not null) execute function pentagram.count_remixes();
create trigger remixes_counted_out after delete on posts
  for each row when (old.remix_of is not null) execute function pentagram.count_remixes();

select pentagram.close_tables();
