-- Finding posts: their words, what they mean as vectors, what words there are, what people search for again.

set local search_path = pentagram, extensions, public;

-- Words ---------------------------------------------------------------------------------------------------------------

-- Every word as it is written, beside the `english` ones that are cut to their stems: "Ares" is not "are".
create text search dictionary plain (template = pg_catalog.simple, stopwords = english);
create text search configuration exact (parser = pg_catalog."default");
alter text search configuration exact add mapping for asciiword, word, numword, int, uint with plain;

-- Lower case, without accents, nothing but words between spaces; a character of a script without spaces is a word.
-- services/discovery/words.py does the same to what is searched for.
create function fold(words text) returns text language sql immutable strict parallel safe as $$
  select regexp_replace(
    regexp_replace(
      lower(normalize(regexp_replace(normalize(words, nfkd), '[\u0300-\u036f]+', '', 'g'), nfc)),
      '[^[:alnum:]]+', ' ', 'g'),
    '([\u3040-\u30ff\u3400-\u9fff])', ' \1 ', 'g')
$$;

create function lexemes(words text) returns tsvector language sql immutable strict parallel safe as $$
  select to_tsvector('pentagram.exact'::regconfig, folded) || to_tsvector('pg_catalog.english'::regconfig, folded)
  from (select pentagram.fold(words) as folded) f
$$;

create table post_words (
  post_id uuid primary key references posts on delete cascade,
  words tsvector not null,
  model text not null
);
create index post_words_words on post_words using gin (words);
create index post_words_model on post_words (model, post_id desc);

-- What others may read of a post: a prompt that its author keeps is not in it.
create function readable(ids uuid[]) returns table (
  post_id uuid, prompt text, tags text[], caption text, author text, model text
) language sql stable as $$
  select p.id, coalesce(case when p.shows_prompt then shown.prompt end, ''), p.tags, p.caption,
    a.name || ' ' || a.display_name, shown.model
  from pentagram.posts p
  join pentagram.accounts a on a.id = p.account_id
  cross join lateral (
    select string_agg(prompt, ' ' order by place) as prompt,
      (array_agg(model order by place))[1] as model
    from (
      select r.prompt, min(pp.position) as place,
        (array_agg(coalesce(nullif(c.model, ''), nullif(r.model, ''), r.engine) order by pp.position))[1] as model
      from pentagram.post_pictures pp
      join pentagram.creations c on c.id = pp.creation_id
      join pentagram.requests r on r.id = c.request_id
      where pp.post_id = p.id group by r.prompt
    ) prompts
  ) shown
  where p.id = any(ids) and shown.model is not null
$$;

-- Posts whose words changed and whose meaning was not read since. A row a change and none of them unique: whoever posts
-- never waits for whoever reads.
create table unread_posts (
  id bigint generated always as identity primary key,
  post_id uuid not null references posts on delete cascade
);
create index on unread_posts (post_id);

-- Meaning -------------------------------------------------------------------------------------------------------------

-- A model of language or of pictures, in one version: vectors of two spaces are never compared. A new one is `filling`
-- while the one before it goes on serving; `posts_until` and `prompts_until` are how far it came.
create table spaces (
  id integer generated always as identity primary key,
  model text not null,
  revision text not null,
  content text not null check (content in ('words', 'picture')),
  dimensions integer not null check (dimensions between 1 and 4000),
  state text not null check (state in ('filling', 'serving', 'retired')),
  posts_until uuid,
  prompts_until uuid,
  created_at timestamptz not null default now(),
  unique (model, revision, content)
);
create unique index spaces_serving on spaces (content) where state = 'serving';
create unique index spaces_filling on spaces (content) where state = 'filling';

-- Each space has an index of its own, made with it. `content` is the space's.
create table post_vectors (
  space_id integer not null references spaces on delete cascade,
  post_id uuid not null references posts on delete cascade,
  content text not null,
  vector halfvec not null,
  primary key (space_id, post_id)
);
create index on post_vectors (post_id);

-- What somebody asked for, posted or not, is searched by themselves only: so few that no index has to help.
drop table prompt_vectors;
create table prompt_vectors (
  space_id integer not null references spaces on delete cascade,
  request_id uuid not null references requests on delete cascade,
  vector halfvec not null,
  primary key (space_id, request_id)
);
create index on prompt_vectors (request_id);

create function keep_words(ids uuid[]) returns void language sql as $$
  with changed as (
    insert into pentagram.post_words as w (post_id, words, model)
    select r.post_id,
      setweight(pentagram.lexemes(r.prompt), 'A') || setweight(pentagram.lexemes(array_to_string(r.tags, ' ')), 'B')
      || setweight(pentagram.lexemes(r.caption), 'C') || setweight(pentagram.lexemes(r.author), 'D'),
      r.model
    from pentagram.readable(ids) r
    on conflict (post_id) do update set words = excluded.words, model = excluded.model
    where (w.words, w.model) is distinct from (excluded.words, excluded.model)
    returning post_id
  ), forgotten as (
    delete from pentagram.post_vectors v using changed where v.post_id = changed.post_id and v.content = 'words'
  )
  insert into pentagram.unread_posts (post_id) select post_id from changed
$$;

create function keep_words_of_placed() returns trigger language plpgsql as $$
begin
  perform pentagram.keep_words(array(select distinct post_id from placed order by post_id));
  return null;
end $$;
create trigger post_pictures_words_in after insert on post_pictures referencing new table as placed
  for each statement execute function pentagram.keep_words_of_placed();
create trigger post_pictures_words_changed after update on post_pictures referencing new table as placed
  for each statement execute function pentagram.keep_words_of_placed();
create trigger post_pictures_words_out after delete on post_pictures referencing old table as placed
  for each statement execute function pentagram.keep_words_of_placed();

create function keep_words_of_post() returns trigger language plpgsql as $$
begin
  perform pentagram.keep_words(array[new.id]);
  return null;
end $$;
create trigger posts_words_changed after update of caption, tags, shows_prompt on posts
  for each row when ((new.caption, new.tags, new.shows_prompt) is distinct from (old.caption, old.tags, old.shows_prompt))
  execute function pentagram.keep_words_of_post();

-- Somebody may have posted thousands: their words are written anew by whoever reads them next.
create function unread_posts_of_account() returns trigger language plpgsql as $$
begin
  insert into pentagram.unread_posts (post_id) select id from pentagram.posts where account_id = new.id;
  return null;
end $$;
create trigger accounts_words_changed after update of name, display_name on accounts
  for each row when ((new.name, new.display_name) is distinct from (old.name, old.display_name))
  execute function pentagram.unread_posts_of_account();

-- What words there are, with how many posts have them, to tell rare ones from common ones and to read what was mistyped:
-- `shapes` are what is left of a word's beginning when letters are left out. The reader of posts keeps it. Names are
-- not in it: whoever leaves takes theirs along.
create table vocabulary (
  word text primary key,
  stem text not null,
  posts integer not null,
  shapes bigint[] not null
);
create index on vocabulary (stem);
create index on vocabulary using gin (shapes);

-- What nobody says any more is known no longer, the words of a deleted account among it. Rows are taken in the order of
-- the words, as by whoever counts them.
create function forget_words() returns trigger language plpgsql as $$
begin
  perform from pentagram.vocabulary v
  where v.word in (select w.lexeme from gone g cross join lateral unnest(g.words) w)
  order by v.word for no key update;
  update pentagram.vocabulary v set posts = v.posts - c.posts
  from (select w.lexeme, count(*) as posts from gone g cross join lateral unnest(ts_filter(g.words, '{a,b,c}')) w
    group by w.lexeme) c
  where v.word = c.lexeme;
  -- A count may be too high by a reader that was cut off; with a rare word it is looked at who has it.
  delete from pentagram.vocabulary v
  where v.posts < 20 and v.word in (select w.lexeme from gone g cross join lateral unnest(g.words) w)
    and not exists (select from pentagram.post_words p where p.words @@ quote_literal(v.word)::tsquery);
  return null;
end $$;
create trigger post_words_reworded after update on post_words referencing old table as gone
  for each statement execute function pentagram.forget_words();
create trigger post_words_forgotten after delete on post_words referencing old table as gone
  for each statement execute function pentagram.forget_words();

-- Alike pictures ------------------------------------------------------------------------------------------------------

-- Four pieces of 16 bits. Of two hashes that differ in at most 7 bits one piece differs in at most one.
create function bands(phash bigint) returns integer[] language sql immutable strict parallel safe as $$
  select array[
    (phash >> 48 & 65535)::integer, (phash >> 32 & 65535 | 65536)::integer,
    (phash >> 16 & 65535 | 131072)::integer, (phash & 65535 | 196608)::integer]
$$;
create index creations_bands on creations using gin (bands(phash)) where state = 'ready';

-- Searches kept -------------------------------------------------------------------------------------------------------

-- `vector` is of the query in the space `space_id`, and what is compared with a new post.
create table saved_searches (
  id uuid primary key default pentagram.new_id(),
  account_id uuid not null references accounts on delete cascade,
  query text not null check (length(query) between 1 and 500),
  words tsquery,
  space_id integer references spaces on delete set null,
  vector halfvec,
  created_at timestamptz not null default now(),
  unique (account_id, query)
);
create index on saved_searches (space_id);

create table recent_searches (
  account_id uuid not null references accounts on delete cascade,
  query text not null check (length(query) between 1 and 500),
  searched_at timestamptz not null default now(),
  primary key (account_id, query)
);

select pentagram.keep_words(array(select id from posts));
select pentagram.close_tables();
