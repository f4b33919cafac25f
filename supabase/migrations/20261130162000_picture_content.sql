-- What is to be seen on pictures, by a model of CLIP's kind where one is configured: its space is one whose content is
-- `picture`. A vector is a picture's, whichever posts it stands in, and changes with nothing that is said there.

set local search_path = pentagram, extensions, public;

create table picture_vectors (
  space_id integer not null references spaces on delete cascade,
  creation_id uuid not null references creations on delete cascade,
  vector halfvec not null,
  primary key (space_id, creation_id)
);
create index on picture_vectors (creation_id);

select pentagram.close_tables();
