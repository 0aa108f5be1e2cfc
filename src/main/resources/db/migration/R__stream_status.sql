-- Purpose: what an operator wants to see first: where every stream stands.
-- Rows: one a stream: its state after the last run as data_sync_state tells it; the attempt that
--   runs now (running_since, runner, progress, else NULL); how many messages wait and how many are
--   dead letters; last_error, what ended its last attempt, NULL where that one went well.
create or replace function odyssey.stream_status()
  returns table (stream_id uuid, tenant_id uuid, stream_name text, sync_status text,
    last_sync_at timestamptz, last_successful_sync_at timestamptz, total_rows bigint,
    rows_inserted bigint, rows_updated bigint, rows_deleted bigint, last_snapshot_path text,
    running_since timestamptz, runner text, progress jsonb, queued bigint, dead_letters bigint,
    last_error text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $function$
  with waiting as (
    select q.message ->> 'stream_id' as stream_id, count(*) as messages
    from pgmq.q_stream_sync_jobs as q
    where not exists (
      select from odyssey.leases as l
      where l.msg_id = q.msg_id and l.expires_at > clock_timestamp())
    group by 1),
  dead as (
    select q.message ->> 'stream_id' as stream_id, count(*) as messages
    from pgmq.q_stream_sync_jobs_dlq as q
    group by 1),
  last_ended as (
    select distinct on (a.stream_id) a.stream_id, a.error
    from odyssey.attempts as a
    where a.ended_at is not null
    order by a.stream_id, a.begun_at desc)
  select s.id, s.tenant_id, s.name::text, t.sync_status::text, t.last_sync_at,
    t.last_successful_sync_at, t.total_rows::bigint, t.rows_inserted::bigint,
    t.rows_updated::bigint, t.rows_deleted::bigint, t.last_snapshot_path::text, l.begun_at,
    a.runner, l.progress, coalesce(w.messages, 0), coalesce(d.messages, 0),
    e.error ->> 'message'
  from public.data_streams as s
    left join public.data_sync_state as t on t.data_stream_id = s.id
    left join odyssey.leases as l on l.stream_id = s.id and l.expires_at > clock_timestamp()
    left join odyssey.attempts as a on a.token = l.token
    left join waiting as w on w.stream_id = s.id::text
    left join dead as d on d.stream_id = s.id::text
    left join last_ended as e on e.stream_id = s.id
  order by s.name, s.id;
$function$;

revoke all on function odyssey.stream_status() from public;
