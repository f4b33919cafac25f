-- What is found in the order of likes: the posts that many like are gone through until enough of them fit.

set local search_path = pentagram, extensions, public;

create index posts_liked on posts (like_count desc, id desc)
  where visibility = 'public' and deleted_at is null and removed_at is null;
