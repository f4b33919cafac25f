-- What residents do, looked at by kind.

set local search_path = pentagram, extensions, public;

create index on resident_actions (kind, id desc);
