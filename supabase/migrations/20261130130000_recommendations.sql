-- For you: what people are interested in, which likes go together, what was shown to whom, and what is learned from it.

set local search_path = pentagram, extensions, public;

-- What somebody likes, or wants less of (`negative`): a direction in one space of meanings, with the posts that it was
-- learned from, so that it can be learned anew in another space. services/discovery/recommendations/interests.py has
-- the states.
create table interests (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  space_id integer not null references spaces on delete cascade,
  vector halfvec not null,
  weight double precision not null check (weight >= 0),
  state text not null default 'auto' check (state in ('auto', 'pinned', 'removed')),
  negative boolean not null default false,
  sources jsonb not null default '[]',
  touched_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index on interests (account_id);
create index on interests (space_id);

-- Whose posts somebody does not want in For you. Muting keeps them out of every list and notice besides.
create table unwanted_makers (
  account_id uuid not null references accounts on delete cascade,
  maker_id uuid not null references accounts on delete cascade,
  created_at timestamptz not null default now(),
  primary key (account_id, maker_id)
);
create index on unwanted_makers (maker_id);

create index posts_liked on posts (like_count desc, id desc)
  where visibility = 'public' and deleted_at is null and removed_at is null;

-- Likes by newcomers ----------------------------------------------------------------------------------------------------

-- An account of the last week may be one of a thousand that somebody made: its likes are counted apart, and by what is
-- recommended up to a bound.
alter table likes add column young boolean not null default false;

create function mark_young() returns trigger language plpgsql as $$
begin
  new.young := exists (
    select from pentagram.accounts where id = new.account_id and created_at > now() - interval '7 days');
  return new;
end $$;
create trigger likes_marked before insert on likes for each row execute function pentagram.mark_young();

-- Likes that came or went and were not weighed since. A row each and none of them unique: whoever likes never waits for
-- whoever weighs. Their posts may be gone by then.
create table unweighed_likes (
  id bigint generated always as identity primary key,
  post_id uuid not null,
  account_id uuid references accounts on delete set null,
  young boolean not null,
  step smallint not null check (step in (1, -1)),
  liked_at timestamptz not null
);
create index on unweighed_likes (account_id);

-- Likes that somebody took back. Liked again, the post is weighed no second time beside others.
create table likes_taken_back (
  account_id uuid not null references accounts on delete cascade,
  post_id uuid not null references posts on delete cascade,
  primary key (account_id, post_id)
);
create index on likes_taken_back (post_id);

create function note_like() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into pentagram.unweighed_likes (post_id, account_id, young, step, liked_at)
    values (new.post_id, new.account_id, new.young, 1, new.created_at);
  elsif exists (select from pentagram.accounts where id = old.account_id)
    and exists (select from pentagram.posts where id = old.post_id) then
    insert into pentagram.unweighed_likes (post_id, account_id, young, step, liked_at)
    values (old.post_id, old.account_id, old.young, -1, old.created_at);
    insert into pentagram.likes_taken_back values (old.account_id, old.post_id) on conflict do nothing;
  elsif exists (select from pentagram.posts where id = old.post_id) then
    insert into pentagram.unweighed_likes (post_id, young, step, liked_at)
    values (old.post_id, old.young, -1, old.created_at);
  end if;
  return null;
end $$;
create trigger likes_noted after insert or delete on likes for each row execute function pentagram.note_like();

-- Which posts the same people like: a row for each way round, at most so many a post as the job that keeps them leaves.
create table together (
  post_id uuid not null references posts on delete cascade,
  other_id uuid not null references posts on delete cascade,
  weight real not null default 0 check (weight >= 0),
  young_weight real not null default 0 check (young_weight >= 0),
  primary key (post_id, other_id)
);
create index together_best on together (post_id, weight desc, other_id);
create index on together (other_id);

-- How often For you showed a post, and who likes it; and the same of all that somebody made. Beside the posts, which
-- are changed far less.
create table exposures (
  post_id uuid primary key references posts on delete cascade,
  views integer not null default 0 check (views >= 0),
  likes integer not null default 0 check (likes >= 0),
  young_likes integer not null default 0 check (young_likes >= 0)
);
create table maker_exposures (
  account_id uuid primary key references accounts on delete cascade,
  views integer not null default 0 check (views >= 0),
  likes integer not null default 0 check (likes >= 0)
);
insert into exposures (post_id, likes) select post_id, count(*) from likes group by post_id;
insert into maker_exposures (account_id, likes)
select p.account_id, sum(e.likes) from exposures e join posts p on p.id = e.post_id group by p.account_id;

-- What was shown ----------------------------------------------------------------------------------------------------------

-- A walk through For you: what was put in which place, so that whoever comes back finds it there. `reasons` and `causes`
-- are as long as `posts`; a cause is the post that a reason names. From `repeats_from` on all was seen before.
create table served (
  id uuid primary key default pentagram.new_id(),
  account_id uuid references accounts on delete cascade,
  kind text not null,
  posts uuid[] not null default '{}',
  reasons text[] not null default '{}',
  causes uuid[] not null default '{}',
  repeats_from integer,
  is_whole boolean not null default false,
  newest uuid,
  made_at timestamptz not null default now()
);
create index on served (account_id);
create index on served (made_at);

-- `probability` is that the post was put in its place, given what stands above it; `ways` is how likely other ways of
-- choosing would have put it there, and `expected` what each of them would have won there,
-- as far as was known; its last is what the post itself was to win.
alter table impressions
  add column served_id uuid,
  add column ways real[],
  add column expected real[];
create index impressions_seen on impressions (account_id, post_id, shown_at desc);

-- What is known of the weight of each feature for each outcome: its mean, and its row of the matrix of precisions, whose
-- columns are the features in the order of their places.
create table weights (
  policy text not null,
  outcome text not null,
  feature text not null,
  place smallint not null,
  mean double precision not null,
  precision double precision[] not null,
  primary key (policy, outcome, feature)
);

select pentagram.close_tables();
