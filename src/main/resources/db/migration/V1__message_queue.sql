-- Purpose: a message queue in schema pgmq. What exists stays as it is. Where there is none, the
--   pgmq extension if this server offers it, else a stand-in for the functions of pgmq 1.4.4 that
--   Odyssey Runner calls: create, send, read, set_vt, delete, archive.
-- Errors: insufficient_privilege where the server offers pgmq and this role may not create it.
do $install$
begin
  if exists (select from pg_catalog.pg_extension where extname = 'pgmq')
    or exists (select from pg_catalog.pg_namespace where nspname = 'pgmq') then
    return;
  end if;
  if exists (select from pg_catalog.pg_available_extensions where name = 'pgmq') then
    create extension pgmq cascade;
    return;
  end if;

  create schema pgmq;

  create type pgmq.message_record as (
    msg_id bigint, read_ct integer, enqueued_at timestamptz, vt timestamptz, message jsonb);

  -- One table of waiting messages and one of archived ones for each queue; repeatable.
  create function pgmq.create(queue_name text) returns void
    language plpgsql set search_path = pg_catalog, pg_temp as $function$
  begin
    execute format(
      'create table if not exists pgmq.%I (
         msg_id bigint primary key generated always as identity,
         read_ct integer not null default 0,
         enqueued_at timestamptz not null default now(),
         vt timestamptz not null,
         message jsonb)', 'q_' || queue_name);
    execute format('create index if not exists %I on pgmq.%I (vt)',
      'q_' || queue_name || '_vt', 'q_' || queue_name);
    execute format(
      'create table if not exists pgmq.%I (
         msg_id bigint primary key,
         read_ct integer not null default 0,
         enqueued_at timestamptz not null default now(),
         archived_at timestamptz not null default now(),
         vt timestamptz not null,
         message jsonb)', 'a_' || queue_name);
  end $function$;

  -- Appends a message that becomes visible after delay seconds; returns its id.
  create function pgmq.send(queue_name text, msg jsonb, delay integer default 0)
    returns setof bigint
    language plpgsql set search_path = pg_catalog, pg_temp as $function$
  begin
    return query execute format(
      'insert into pgmq.%I (vt, message)
       values (clock_timestamp() + make_interval(secs => $1), $2) returning msg_id',
      'q_' || queue_name) using delay, msg;
  end $function$;

  -- Takes up to qty visible messages, oldest first, and hides them for vt seconds. Never waits for
  -- another reader, never returns what another reader is taking.
  create function pgmq.read(queue_name text, vt integer, qty integer)
    returns setof pgmq.message_record
    language plpgsql set search_path = pg_catalog, pg_temp as $function$
  begin
    return query execute format(
      'with visible as (
         select msg_id from pgmq.%1$I where vt <= clock_timestamp()
         order by msg_id limit $2 for update skip locked)
       update pgmq.%1$I as m
       set vt = clock_timestamp() + make_interval(secs => $1), read_ct = m.read_ct + 1
       from visible where m.msg_id = visible.msg_id
       returning m.msg_id, m.read_ct, m.enqueued_at, m.vt, m.message',
      'q_' || queue_name) using vt, qty;
  end $function$;

  -- Hides a message for vt seconds from now; no row where there is no such message.
  create function pgmq.set_vt(queue_name text, msg_id bigint, vt integer)
    returns setof pgmq.message_record
    language plpgsql set search_path = pg_catalog, pg_temp as $function$
  begin
    return query execute format(
      'update pgmq.%I as m set vt = clock_timestamp() + make_interval(secs => $2)
       where m.msg_id = $1
       returning m.msg_id, m.read_ct, m.enqueued_at, m.vt, m.message',
      'q_' || queue_name) using msg_id, vt;
  end $function$;

  -- Removes a message; false where there is no such message.
  create function pgmq.delete(queue_name text, msg_id bigint) returns boolean
    language plpgsql set search_path = pg_catalog, pg_temp as $function$
  declare
    removed bigint;
  begin
    execute format('delete from pgmq.%I as m where m.msg_id = $1 returning m.msg_id',
      'q_' || queue_name) into removed using msg_id;
    return removed is not null;
  end $function$;

  -- Moves a message to the queue's archive; false where there is no such message.
  create function pgmq.archive(queue_name text, msg_id bigint) returns boolean
    language plpgsql set search_path = pg_catalog, pg_temp as $function$
  declare
    moved bigint;
  begin
    execute format(
      'with taken as (
         delete from pgmq.%I as m where m.msg_id = $1
         returning m.msg_id, m.read_ct, m.enqueued_at, m.vt, m.message)
       insert into pgmq.%I (msg_id, read_ct, enqueued_at, vt, message)
       select msg_id, read_ct, enqueued_at, vt, message from taken returning msg_id',
      'q_' || queue_name, 'a_' || queue_name) into moved using msg_id;
    return moved is not null;
  end $function$;
end $install$;
