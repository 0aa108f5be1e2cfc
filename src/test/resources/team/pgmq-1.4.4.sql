-- Stands in for the extension pgmq 1.4.4 in tests: its signatures, defaults, overloads and tables as
-- far as anything here could meet them; the bodies are ours. set_vt counts from now(), as there.
create schema pgmq;
create table pgmq.meta (
  queue_name varchar unique not null, is_partitioned boolean not null, is_unlogged boolean not null,
  created_at timestamptz not null default now());
grant usage on schema pgmq to pg_monitor;
grant select on all tables in schema pgmq to pg_monitor;
alter default privileges in schema pgmq grant select on tables to pg_monitor;
create type pgmq.message_record as (
  msg_id bigint, read_ct integer, enqueued_at timestamptz, vt timestamptz, message jsonb);

create function pgmq.create(queue_name text) returns void language plpgsql as $f$
begin
  -- The extension adds the tables to itself, which only its owner may do.
  if not pg_has_role((select nspowner from pg_namespace where nspname = 'pgmq'), 'usage') then
    raise insufficient_privilege using message = 'must be owner of extension pgmq';
  end if;
  execute format('create table if not exists pgmq.%I (msg_id bigint primary key generated always as
    identity, read_ct int default 0 not null, enqueued_at timestamptz default now() not null,
    vt timestamptz not null, message jsonb)', 'q_' || queue_name);
  execute format('create table if not exists pgmq.%I (msg_id bigint primary key, read_ct int default 0
    not null, enqueued_at timestamptz default now() not null, archived_at timestamptz default now()
    not null, vt timestamptz not null, message jsonb)', 'a_' || queue_name);
  execute format('create index if not exists %I on pgmq.%I (vt asc)',
    'q_' || queue_name || '_vt_idx', 'q_' || queue_name);
  insert into pgmq.meta values (queue_name, false, false) on conflict do nothing;
end $f$;

create function pgmq.send(queue_name text, msg jsonb, delay integer default 0)
  returns setof bigint language plpgsql as $f$
begin
  return query execute format('insert into pgmq.%I (vt, message)
    values (clock_timestamp() + make_interval(secs => $2), $1) returning msg_id',
    'q_' || queue_name) using msg, delay;
end $f$;

create function pgmq.read(queue_name text, vt integer, qty integer)
  returns setof pgmq.message_record language plpgsql as $f$
begin
  return query execute format('update pgmq.%1$I as m
    set vt = clock_timestamp() + make_interval(secs => $2), read_ct = read_ct + 1
    where m.msg_id in (select msg_id from pgmq.%1$I where vt <= clock_timestamp()
      order by msg_id limit $1 for update skip locked)
    returning m.*', 'q_' || queue_name) using qty, vt;
end $f$;

create function pgmq.set_vt(queue_name text, msg_id bigint, vt integer)
  returns setof pgmq.message_record language plpgsql as $f$
begin
  return query execute format('update pgmq.%I as m set vt = now() + make_interval(secs => $2)
    where m.msg_id = $1 returning *', 'q_' || queue_name) using msg_id, vt;
end $f$;

create function pgmq.delete(queue_name text, msg_id bigint) returns boolean language plpgsql as $f$
declare
  gone bigint;
begin
  execute format('delete from pgmq.%I as m where m.msg_id = $1 returning m.msg_id',
    'q_' || queue_name) into gone using msg_id;
  return gone is not null;
end $f$;
create function pgmq.delete(queue_name text, msg_ids bigint[])
  returns setof bigint language plpgsql as $f$
begin
  return query execute format('delete from pgmq.%I as m where m.msg_id = any ($1)
    returning m.msg_id', 'q_' || queue_name) using msg_ids;
end $f$;

create function pgmq.archive(queue_name text, msg_ids bigint[])
  returns setof bigint language plpgsql as $f$
begin
  return query execute format('with taken as (delete from pgmq.%I where msg_id = any ($1) returning *)
    insert into pgmq.%I (msg_id, read_ct, enqueued_at, vt, message)
    select msg_id, read_ct, enqueued_at, vt, message from taken returning msg_id',
    'q_' || queue_name, 'a_' || queue_name) using msg_ids;
end $f$;
create function pgmq.archive(queue_name text, msg_id bigint) returns boolean language sql as $f$
  select exists (select from pgmq.archive(queue_name, array[msg_id]));
$f$;
