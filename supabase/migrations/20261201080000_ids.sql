-- The twelve bits after the version tell the part of the millisecond (RFC 9562, 6.2, method 3), so that of two things done
-- within one millisecond the later one comes later in every list.

set local search_path = pentagram, extensions, public;

create function id_of(moment timestamptz) returns uuid language sql volatile strict as $$
  select encode(
    substring(int8send(micros / 1000) from 3)
    || substring(int8send(x'7000'::bigint + micros % 1000 * 4096 / 1000) from 7)
    || substring(uuid_send(gen_random_uuid()) from 9),
    'hex')::uuid
  from (select (extract(epoch from moment) * 1000000)::bigint as micros) as told
$$;

create or replace function new_id() returns uuid language sql volatile as $$
  select pentagram.id_of(clock_timestamp())
$$;

create or replace function id_at(moment timestamptz) returns uuid language sql volatile strict as $$
  select pentagram.id_of(least(greatest(moment, timestamptz '2000-01-01 00:00:00+00'), clock_timestamp()))
$$;
