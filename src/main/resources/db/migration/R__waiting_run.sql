-- Purpose: the run of a stream that is queued, or claimed, and that no live attempt works on.
-- Parameters: p_stream_id, locked by the caller.
-- Returns: the run's id, the oldest where several wait; NULL where none does.
create or replace function odyssey.waiting_run(p_stream_id uuid)
  returns uuid
  language sql
  set search_path = pg_catalog, pg_temp
as $function$
  select odyssey.uuid_or_null(q.message ->> 'run_id')
  from pgmq.q_stream_sync_jobs as q
  where q.message ->> 'stream_id' = p_stream_id::text
    and odyssey.run_status(odyssey.uuid_or_null(q.message ->> 'run_id'))
      not in ('completed', 'cancelled')
    and not exists (
      select from odyssey.leases as l
      where l.msg_id = q.msg_id and l.begun_at is not null and l.expires_at > clock_timestamp())
  order by q.msg_id
  limit 1;
$function$;

revoke all on function odyssey.waiting_run(uuid) from public;
