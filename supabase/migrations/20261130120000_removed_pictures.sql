-- Pictures that were removed and do not come back, and pictures that nobody looked at yet.

set local search_path = pentagram, extensions, public;

-- Pictures that do not come back --------------------------------------------------------------------------------------

-- `picture_key` is the file, which stays until it is hashed (`hashed_at`). `ended_at`: the decision was taken back. Nothing
-- here refers to whose it was: the list outlives them.
create table removed_pictures (
  id uuid primary key default pentagram.new_id(),
  picture_key text not null,
  category text not null,
  decision_id uuid,
  removed_at timestamptz not null,
  hashed_at timestamptz,
  ended_at timestamptz
);
create index on removed_pictures (picture_key) where ended_at is null;
create index on removed_pictures (decision_id) where ended_at is null;
create index on removed_pictures (removed_at) where hashed_at is null and ended_at is null;
create index on removed_pictures (hashed_at) where ended_at is null;

-- One row for each way in which a removed picture may come back cropped; how it is turned is up to whoever asks.
create table removed_hashes (
  removed_id uuid not null references removed_pictures on delete cascade,
  coarse bigint not null,
  fine bit(256) not null
);
create index on removed_hashes (removed_id);

-- Three pieces of a coarse hash, of 21, 21 and 22 bits: hashes that differ in few bits have one in common, or almost.
create function pieces(coarse bigint) returns integer[] language sql immutable strict parallel safe as $$
  select array[
    (coarse >> 43 & 2097151)::integer, (coarse >> 22 & 2097151 | 4194304)::integer,
    (coarse & 4194303 | 8388608)::integer]
$$;
create index removed_hashes_pieces on removed_hashes using gin (pieces(coarse));

-- Painted, but the picture gate did not answer: looked at when it does, and shown to nobody before.
create table unseen_pictures (
  creation_id uuid primary key references creations on delete cascade,
  engine text not null,
  model text not null,
  paint_ms integer not null,
  picture bytea not null
);

-- A look at pictures --------------------------------------------------------------------------------------------------

-- `looked` is what a moderator said of a picture that no gate had seen; `unchecked` goes with it unless it is blocked.
-- `look_asked_at`: its maker wants to post it.
alter table creations
  add column looked text check (looked in ('allow', 'sensitive', 'block')),
  add column look_asked_at timestamptz;
create index creations_unlooked on creations (look_asked_at, id) where unchecked and look_asked_at is not null;
alter table uploads
  drop constraint uploads_decision_check,
  add constraint uploads_decision_check check (decision in ('allow', 'sensitive', 'unchecked', 'block'));

-- What a picture was made from, itself at height 0, up to what somebody brought along. A picture that was painted from
-- words alone ends the way.
create function stems(creation uuid) returns table (id uuid, upload_id uuid, source_id uuid, height integer)
language sql stable as $$
  with recursive up as (
    select c.id, r.upload_id, r.source_id, 0 as height
    from pentagram.creations c join pentagram.requests r on r.id = c.request_id
    where c.id = creation and (c.unchecked or c.looked is not null)
    union all
    select c.id, r.upload_id, r.source_id, up.height + 1
    from up join pentagram.creations c on c.id = up.source_id join pentagram.requests r on r.id = c.request_id
    where c.unchecked or c.looked is not null
  )
  select * from up
$$;

-- The file that it stems from; null where that is gone, or the picture itself was brought along.
create function start_of(creation uuid) returns text language sql stable as $$
  select coalesce((select u.key from pentagram.uploads u where u.id = s.upload_id),
    (select c.picture_key from pentagram.creations c where c.id = s.id and s.height > 0))
  from pentagram.stems(creation) s order by s.height desc limit 1
$$;

-- All that stem from the same file.
create function family(creation uuid) returns setof uuid language sql stable as $$
  with recursive kin (id) as (
    select s.id from pentagram.stems(creation) s
    union
    select c.id from pentagram.stems(creation) s join pentagram.requests r on r.upload_id = s.upload_id
    join pentagram.creations c on c.request_id = r.id and (c.unchecked or c.looked is not null)
    union
    select c.id from kin join pentagram.requests r on r.source_id = kin.id
    join pentagram.creations c on c.request_id = r.id and (c.unchecked or c.looked is not null)
  )
  select id from kin
$$;

select pentagram.close_tables();
