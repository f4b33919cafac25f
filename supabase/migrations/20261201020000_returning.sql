-- Strikes and suspensions that were in force when an account was deleted: whoever comes back finds them again.

set local search_path = pentagram, extensions, public;

-- `follows` is the decision about a deleted account that this one carries over.
alter table decisions add column follows uuid references decisions;
create index on decisions (follows) where follows is not null;

-- Under keyed hashes of what the account signed in with and of its e-mail address, until they end by themselves.
create table left_in_force (
  fingerprint bytea not null,
  decision_id uuid not null references decisions,
  expires_at timestamptz not null,
  primary key (fingerprint, decision_id)
);
create index on left_in_force (decision_id);
create index on left_in_force (expires_at);

select pentagram.close_tables();
