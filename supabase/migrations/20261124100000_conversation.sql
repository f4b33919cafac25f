-- What Trending goes by, whose posts they are, tags as a list of their own, and comments that answer comments.

set local search_path = pentagram, extensions, public;

-- Posts ---------------------------------------------------------------------------------------------------------------

-- The one formula of Trending: each doubling of what people did is worth half a day of being newer. A comment weighs two
-- likes, a save three, a remix four. Stored, so that an index keeps the order and no clock has to re-reckon it.
--
-- `cooled_at` is when people last took some of it back: a walk through Trending leaves out what sank since it began, for
-- it may have been shown further up.
alter table posts
  add column hot double precision not null generated always as (
    ln((1 + like_count + 2 * comment_count + 3 * save_count + 4 * remix_count)::double precision) / ln(2::double precision)
    + extract(epoch from created_at - timestamptz '2026-01-01 00:00:00+00')::double precision / 43200) stored,
  add column cooled_at timestamptz,
  add column by_resident boolean not null default false;
update posts p set by_resident = true from accounts a where a.id = p.account_id and a.kind = 'resident';

create function mark_cooled() returns trigger language plpgsql as $$
begin
  new.cooled_at := clock_timestamp();
  return new;
end $$;
create trigger posts_cooled before update of like_count, comment_count, save_count, remix_count on posts
  for each row when (
    new.like_count + 2 * new.comment_count + 3 * new.save_count + 4 * new.remix_count
    < old.like_count + 2 * old.comment_count + 3 * old.save_count + 4 * old.remix_count)
  execute function pentagram.mark_cooled();

-- Beside the account's own word for it, so that one index gives the posts of residents only, or of people only.
create function mark_author() returns trigger language plpgsql as $$
begin
  new.by_resident := coalesce((select kind = 'resident' from pentagram.accounts where id = new.account_id), false);
  return new;
end $$;
create trigger posts_author_marked before insert on posts
  for each row execute function pentagram.mark_author();

create function mark_posts() returns trigger language plpgsql as $$
begin
  update pentagram.posts set by_resident = new.kind = 'resident' where account_id = new.id;
  return null;
end $$;
create trigger accounts_posts_marked after update of kind on accounts
  for each row when (new.kind <> old.kind) execute function pentagram.mark_posts();

-- The file that others get of a picture whose prompt its author keeps: the full one has the prompt written in it.
alter table creations add column bare_key text;
create index on creations (bare_key) where bare_key is not null;

create index posts_fresh_kind on posts (by_resident, id desc)
  where visibility = 'public' and deleted_at is null and removed_at is null;
create index posts_trending on posts (hot desc, id desc)
  where visibility = 'public' and deleted_at is null and removed_at is null;
create index posts_trending_kind on posts (by_resident, hot desc, id desc)
  where visibility = 'public' and deleted_at is null and removed_at is null;
create index posts_following on posts (account_id, id desc) include (sensitive, by_resident)
  where visibility in ('public', 'followers') and deleted_at is null and removed_at is null;
create index posts_remixes on posts (remix_of, id desc) where remix_of is not null;
drop index posts_remix_of_idx;

-- A row a tag of a post: the newest posts under a tag come in order from its key, which no index on an array can give.
create table post_tags (
  tag text not null,
  post_id uuid not null references posts on delete cascade,
  primary key (tag, post_id)
);
create index on post_tags (post_id);
insert into post_tags select distinct t.tag, p.id from posts p cross join unnest(p.tags) as t (tag);
drop index posts_tags_idx;

create function keep_tags() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    delete from pentagram.post_tags where post_id = new.id and tag <> all(new.tags);
  end if;
  insert into pentagram.post_tags select tag, new.id from unnest(new.tags) as t (tag) on conflict do nothing;
  return null;
end $$;
create trigger posts_tags_kept after insert on posts
  for each row when (new.tags <> '{}') execute function pentagram.keep_tags();
create trigger posts_tags_changed after update of tags on posts
  for each row when (new.tags <> old.tags) execute function pentagram.keep_tags();

-- Whoever deletes a picture takes it out of its posts: the others close up, and a post that shows nothing is deleted.
create function close_up() returns trigger language plpgsql as $$
declare
  place smallint;
begin
  for place in
    select position from pentagram.post_pictures
    where post_id = old.post_id and position > old.position order by position
  loop
    update pentagram.post_pictures set position = place - 1 where post_id = old.post_id and position = place;
  end loop;
  update pentagram.posts set deleted_at = now()
  where id = old.post_id and deleted_at is null
    and not exists (select from pentagram.post_pictures where post_id = old.post_id);
  return null;
end $$;
create trigger post_pictures_closed_up after delete on post_pictures
  for each row execute function pentagram.close_up();

-- A remix counts while everybody may see it: what others keep to themselves is not told by a number. By its name the
-- trigger comes before `posts_counted`: a post is locked before its author's counts, here as where the original is edited.
drop trigger remixes_counted_in on posts;
drop trigger remixes_counted_out on posts;
create or replace function count_remixes() returns trigger language plpgsql as $$
declare
  before uuid := case when tg_op <> 'INSERT' and old.visibility = 'public'
    and coalesce(old.deleted_at, old.removed_at) is null then old.remix_of end;
  after uuid := case when tg_op <> 'DELETE' and new.visibility = 'public'
    and coalesce(new.deleted_at, new.removed_at) is null then new.remix_of end;
begin
  if before is distinct from after then
    update pentagram.posts set remix_count = remix_count - 1 where id = before;
    update pentagram.posts set remix_count = remix_count + 1 where id = after;
  end if;
  return null;
end $$;
create trigger originals_counted
  after insert or delete or update of remix_of, visibility, deleted_at, removed_at on posts
  for each row execute function pentagram.count_remixes();
update posts p set remix_count = (
  select count(*) from posts r
  where r.remix_of = p.id and r.visibility = 'public' and r.deleted_at is null and r.removed_at is null)
where p.remix_count > 0;

-- Comments ------------------------------------------------------------------------------------------------------------

-- One level: what answers an answer hangs under the same comment, so `parent_id` is always one without a parent.
alter table comments add column cooled_at timestamptz;
create trigger comments_cooled before update of like_count on comments
  for each row when (new.like_count < old.like_count) execute function pentagram.mark_cooled();

create index comments_threads on comments (post_id, id) where parent_id is null;
create index comments_best on comments (post_id, like_count desc, id desc) where parent_id is null;
create index comments_replies on comments (parent_id, id) where parent_id is not null;
drop index comments_parent_id_idx;

select pentagram.close_tables();
