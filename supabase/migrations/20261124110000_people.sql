-- Who follows whom and how many, boards to keep pictures on, what people are told, and what they report.

set local search_path = pentagram, extensions, public;

-- Counts of people ----------------------------------------------------------------------------------------------------

-- Beside the accounts and not in them: whoever deletes an account holds its row, and must never wait for a follow that
-- waits for that row to count itself.
create table account_counts (
  account_id uuid primary key references accounts on delete cascade,
  followers integer not null default 0 check (followers >= 0),
  following integer not null default 0 check (following >= 0),
  public_posts integer not null default 0 check (public_posts >= 0),
  follower_posts integer not null default 0 check (follower_posts >= 0),
  own_posts integer not null default 0 check (own_posts >= 0)
);

-- On whose profile a post is counted: everybody's, a follower's, or its author's alone.
create function counted_for(visibility text, deleted_at timestamptz, removed_at timestamptz)
returns text language sql immutable as $$
  select case
    when deleted_at is not null then null
    when removed_at is null and visibility in ('public', 'followers') then visibility
    else 'own'
  end
$$;

insert into account_counts
select a.id,
  (select count(*) from follows f where f.followed_id = a.id),
  (select count(*) from follows f where f.follower_id = a.id),
  count(*) filter (where c.audience = 'public'),
  count(*) filter (where c.audience = 'followers'),
  count(*) filter (where c.audience = 'own')
from accounts a
left join posts p on p.account_id = a.id
left join lateral (select pentagram.counted_for(p.visibility, p.deleted_at, p.removed_at) as audience) c on p.id is not null
group by a.id;

create function begin_counts() returns trigger language plpgsql as $$
begin
  insert into pentagram.account_counts (account_id) values (new.id);
  return null;
end $$;
create trigger counts_begun after insert on accounts for each row execute function pentagram.begin_counts();

-- Once a statement, the cascades of a deleted account included, with rows locked in the order of their ids: two who
-- follow each other at once would wait for each other otherwise.
create function count_follows() returns trigger language plpgsql as $$
declare
  step integer := case tg_op when 'INSERT' then 1 else -1 end;
begin
  perform from pentagram.account_counts c
  where c.account_id in (select follower_id from changed union all select followed_id from changed)
  order by c.account_id for no key update;
  update pentagram.account_counts c
  set followers = c.followers + step * d.followers, following = c.following + step * d.following
  from (
    select account_id, sum(followers) as followers, sum(following) as following
    from (
      select followed_id as account_id, 1 as followers, 0 as following from changed
      union all select follower_id, 0, 1 from changed
    ) each group by account_id
  ) d
  where c.account_id = d.account_id;
  return null;
end $$;
create trigger follows_counted_in after insert on follows referencing new table as changed
  for each statement execute function pentagram.count_follows();
create trigger follows_counted_out after delete on follows referencing old table as changed
  for each statement execute function pentagram.count_follows();

create function count_posts() returns trigger language plpgsql as $$
declare
  before text := case when tg_op <> 'INSERT'
    then pentagram.counted_for(old.visibility, old.deleted_at, old.removed_at) end;
  after text := case when tg_op <> 'DELETE'
    then pentagram.counted_for(new.visibility, new.deleted_at, new.removed_at) end;
begin
  if before is distinct from after then
    update pentagram.account_counts set
      public_posts = public_posts - coalesce((before = 'public')::integer, 0) + coalesce((after = 'public')::integer, 0),
      follower_posts = follower_posts
        - coalesce((before = 'followers')::integer, 0) + coalesce((after = 'followers')::integer, 0),
      own_posts = own_posts - coalesce((before = 'own')::integer, 0) + coalesce((after = 'own')::integer, 0)
    where account_id = case when tg_op = 'DELETE' then old.account_id else new.account_id end;
  end if;
  return null;
end $$;
create trigger posts_counted after insert or delete or update of visibility, deleted_at, removed_at on posts
  for each row execute function pentagram.count_posts();

-- Lists of people, the latest first; `accounts` by the beginning of a name.
create index follows_followers on follows (followed_id, created_at desc, follower_id desc);
create index follows_following on follows (follower_id, created_at desc, followed_id desc);
drop index follows_followed_id_follower_id_idx;
create index on mutes (account_id, created_at desc, muted_id desc);
create index on blocks (account_id, created_at desc, blocked_id desc);
create index on accounts (name text_pattern_ops);
create index on accounts (lower(display_name) text_pattern_ops);

-- Collections ---------------------------------------------------------------------------------------------------------

-- The default one is where a star saves to; it is made at the first one. `token` is the form's that made the others. A
-- deleted one can be brought back until it is swept.
alter table collections
  add column deleted_at timestamptz,
  add column description text not null default '' check (length(description) <= 500),
  add column is_default boolean not null default false,
  add column token text,
  add unique (account_id, token);
create unique index collections_default on collections (account_id) where is_default;

-- By `rank`, the first one first; a picture is moved by a rank between two others.
create index collection_posts_order on collection_posts (collection_id, rank, post_id);
drop index collection_posts_collection_id_rank_idx;
create index on collections (deleted_at) where deleted_at is not null;

-- A save counts once a person, on however many boards of theirs a post is. Once a statement, with the posts locked in the
-- order of their ids before anybody looks: of one person's boards that take up or drop a post at once, the second then
-- sees what the first did, and two people whose boards hold the same posts never wait for each other.
drop trigger saves_counted on collection_posts;
create or replace function count_saves() returns trigger language plpgsql as $$
declare
  step integer := case tg_op when 'INSERT' then 1 else -1 end;
begin
  perform from pentagram.posts where id in (select post_id from changed) order by id for no key update;
  update pentagram.posts p set save_count = p.save_count + step * d.people
  from (
    select c.post_id, count(distinct k.account_id) as people
    from changed c join pentagram.collections k on k.id = c.collection_id and k.deleted_at is null
    where not exists (
      select from pentagram.collections b cross join lateral (
        select from pentagram.collection_posts s where s.collection_id = b.id and s.post_id = c.post_id offset 0) s
      where b.account_id = k.account_id and b.deleted_at is null
        and not exists (select from changed n where n.collection_id = b.id and n.post_id = c.post_id))
    group by c.post_id
  ) d
  where p.id = d.post_id;
  return null;
end $$;
create trigger saves_counted_in after insert on collection_posts referencing new table as changed
  for each statement execute function pentagram.count_saves();
create trigger saves_counted_out after delete on collection_posts referencing old table as changed
  for each statement execute function pentagram.count_saves();

create function count_board() returns trigger language plpgsql as $$
declare
  step integer := case when new.deleted_at is null then 1 else -1 end;
begin
  perform from pentagram.posts
  where id in (select post_id from pentagram.collection_posts where collection_id = new.id)
  order by id for no key update;
  update pentagram.posts p set save_count = p.save_count + step
  where id in (select post_id from pentagram.collection_posts where collection_id = new.id)
    and not exists (
      select from pentagram.collections b cross join lateral (
        select from pentagram.collection_posts s where s.collection_id = b.id and s.post_id = p.id offset 0) s
      where b.account_id = new.account_id and b.deleted_at is null and b.id <> new.id);
  return new;
end $$;
create trigger collections_counted before update of deleted_at on collections
  for each row when ((new.deleted_at is null) <> (old.deleted_at is null)) execute function pentagram.count_board();

-- Before the board goes, whose it was is still known.
create function empty_board() returns trigger language plpgsql as $$
begin
  delete from pentagram.collection_posts where collection_id = old.id;
  return old;
end $$;
create trigger collections_emptied before delete on collections
  for each row execute function pentagram.empty_board();

update posts p set save_count = (
  select count(distinct k.account_id) from collection_posts s join collections k on k.id = s.collection_id
  where s.post_id = p.id)
where p.save_count > 1;

-- Notifications -------------------------------------------------------------------------------------------------------

-- One row a `topic`: likes of one post are one notice, whose likers are looked up when it is shown, and so is a comment
-- that both answers and mentions somebody. A notice is unread while `newest_at` is after `read_at`.
alter table notifications
  add column topic uuid not null default pentagram.new_id(),
  add column newest_at timestamptz not null default now(),
  drop constraint notifications_kind_check,
  add constraint notifications_kind_check check (kind in (
    'like', 'comment_like', 'comment', 'reply', 'mention', 'follow', 'remix', 'moderation', 'search'));
update notifications set newest_at = created_at;
create unique index notifications_topic on notifications (account_id, topic);
create index notifications_newest on notifications (account_id, newest_at desc, id desc);
create index notifications_unread on notifications (account_id, newest_at desc)
  where read_at is null or read_at < newest_at;
drop index notifications_account_id_id_idx;
drop index notifications_account_id_idx;
create index likes_newest on likes (post_id, created_at desc, account_id desc);
create index comment_likes_newest on comment_likes (comment_id, created_at desc);

-- Reports -------------------------------------------------------------------------------------------------------------

alter table reports add constraint reports_reason_check check (reason in (
  'minors', 'self_harm', 'violence', 'hate', 'harassment', 'sexual', 'likeness', 'copyright', 'spam', 'other'));
create unique index reports_open on reports (reporter_id, coalesce(account_id, post_id, comment_id))
  where state = 'open';

select pentagram.close_tables();
