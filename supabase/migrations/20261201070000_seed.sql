-- What all chance in the society is drawn from: the same world with the same seed meets the same chances.

alter table pentagram.society
  add column seed bigint not null default floor(random() * 1e15) check (seed >= 0);
