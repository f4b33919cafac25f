-- What moderators have before them, what they decided, and what people answer to that.

set local search_path = pentagram, extensions, public;

-- Boards ---------------------------------------------------------------------------------------------------------------

-- Removed by a moderator: its owner alone still sees it.
alter table collections add column removed_at timestamptz;

-- Reports --------------------------------------------------------------------------------------------------------------

-- One without a reporter is of somebody who left, and has lost its note; or with a note, the house's own.
alter table reports
  add column collection_id uuid references collections on delete cascade,
  add column decision_id uuid,
  add column decided_at timestamptz,
  drop constraint reports_check,
  add constraint reports_check check (num_nonnulls(account_id, post_id, comment_id, collection_id) = 1);
drop index reports_open;
create unique index reports_open on reports (reporter_id, coalesce(account_id, post_id, comment_id, collection_id))
  where state = 'open';
create index reports_about on reports (coalesce(account_id, post_id, comment_id, collection_id), reason)
  where state = 'open';
create index on reports (collection_id);
create index on reports (created_at);

-- Decisions ------------------------------------------------------------------------------------------------------------

-- `account_id` is whom it is about, also where it is about a post of theirs. `changed`: it made a post sensitive that was
-- not, so that taking it back makes it that again. `expires_at` is when a strike or a suspension ends by itself.
alter table decisions
  drop column report_id,
  add column collection_id uuid,
  add column changed boolean not null default false,
  add constraint decisions_verdict_check check (verdict in (
    'leave', 'sensitive', 'remove', 'strike', 'warn', 'suspend', 'restore', 'uphold', 'turn_down'));
create index on decisions (answers) where answers is not null;
create index on decisions (comment_id) where comment_id is not null;
create index on decisions (collection_id) where collection_id is not null;
create index on decisions (created_at);
create index decisions_strikes on decisions (account_id, expires_at) where verdict = 'strike';

-- Appeals --------------------------------------------------------------------------------------------------------------

-- Of a decision once, or of a prompt that the gate blocked and its author thinks harmless.
create table appeals (
  id uuid primary key default pentagram.new_id(),
  account_id uuid not null references accounts on delete cascade,
  decision_id uuid unique references decisions,
  prompt text check (length(prompt) between 1 and 2000),
  category text not null default '',
  body text not null default '' check (length(body) <= 1000),
  state text not null default 'open' check (state in ('open', 'upheld', 'turned_down')),
  answer text not null default '',
  created_at timestamptz not null default now(),
  decided_at timestamptz,
  check (num_nonnulls(decision_id, prompt) = 1)
);
create index on appeals (account_id, id desc);
create index on appeals (created_at);

-- The queue ------------------------------------------------------------------------------------------------------------

-- One row for each thing that waits for a moderator, however many reported it; its id tells since when.
create table cases (
  id uuid primary key default pentagram.new_id(),
  account_id uuid references accounts on delete cascade,
  post_id uuid references posts on delete cascade,
  comment_id uuid references comments on delete cascade,
  collection_id uuid references collections on delete cascade,
  appeal_id uuid references appeals on delete cascade,
  urgency smallint not null default 0,
  opened_at timestamptz not null default now(),
  decided_at timestamptz,
  decision_id uuid,
  check (num_nonnulls(account_id, post_id, comment_id, collection_id, appeal_id) = 1)
);
create unique index cases_open on cases (coalesce(account_id, post_id, comment_id, collection_id, appeal_id))
  where decided_at is null;
create index cases_queue on cases ((-urgency), id) where decided_at is null;
create index on cases (account_id);
create index on cases (post_id);
create index on cases (comment_id);
create index on cases (collection_id);
create index on cases (appeal_id);

-- Whatever reports something, the queue has it: the gate's own notices as well as people's.
create function open_case() returns trigger language plpgsql as $$
begin
  insert into pentagram.cases as k (account_id, post_id, comment_id, collection_id, urgency)
  values (new.account_id, new.post_id, new.comment_id, new.collection_id, new.urgency)
  on conflict (coalesce(account_id, post_id, comment_id, collection_id, appeal_id)) where decided_at is null
  do update set urgency = greatest(k.urgency, excluded.urgency);
  return null;
end $$;
create trigger reports_open_cases after insert or update of urgency on reports
  for each row when (new.state = 'open') execute function pentagram.open_case();

insert into cases (account_id, post_id, comment_id, urgency, opened_at)
select account_id, post_id, comment_id, max(urgency), min(created_at) from reports
where state = 'open' group by account_id, post_id, comment_id;

create index accounts_moderators on accounts (role) where role <> 'member';

select pentagram.close_tables();
