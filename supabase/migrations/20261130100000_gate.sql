-- What stands round the prompt gate: moderators' own rules, blocked tries, and why a prompt was marked as sensitive.

set local search_path = pentagram, extensions, public;

-- Of words that a picture was asked for with and that are marked as sensitive: for which categories, and the words.
alter table requests
  add column sensitive_for text[] not null default '{}',
  add column because text[] not null default '{}';

-- Append-only: a rule is ended, never changed or deleted. People are plain ids, so that the log outlives them.
create table own_rules (
  id uuid primary key default pentagram.new_id(),
  words text not null check (length(words) between 1 and 100),
  decision text not null check (decision in ('allow', 'sensitive', 'block')),
  category text not null check (category <> 'minors' or decision <> 'allow'),
  note text not null default '' check (length(note) <= 500),
  made_by uuid not null,
  made_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  check ((ended_by is null) = (ended_at is null))
);
create index own_rules_current on own_rules (id desc) where ended_at is null;
create unique index own_rules_once on own_rules (words, category) where ended_at is null;

create function end_rules_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.ended_at is not null
    or (old.id, old.words, old.decision, old.category, old.note, old.made_by, old.made_at)
      is distinct from (new.id, new.words, new.decision, new.category, new.note, new.made_by, new.made_at)
  then
    raise exception 'own rules are append-only';
  end if;
  return new;
end $$;
create trigger own_rules_append_only before update or delete on own_rules
  for each row execute function pentagram.end_rules_only();

-- Prompts that were blocked, for a day: no text, but by what the same one with other letters is known.
create table blocked_tries (
  account_id uuid not null references accounts on delete cascade,
  digest bytea not null,
  categories text[] not null,
  words jsonb not null,
  counts boolean not null,
  tried_at timestamptz not null,
  primary key (account_id, digest)
);
create index blocked_tries_newest on blocked_tries (account_id, tried_at desc);
create index blocked_tries_oldest on blocked_tries (tried_at);

-- How many prompts were blocked in a month, for the page of counts: numbers by which nobody is found.
create table blocked_counts (
  month date not null,
  category text not null,
  prompts integer not null default 0 check (prompts >= 0),
  primary key (month, category)
);

select pentagram.close_tables();
