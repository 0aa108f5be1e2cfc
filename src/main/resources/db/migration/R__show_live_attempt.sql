-- Purpose: a running attempt, as the console shows it.
-- Parameters: p_lease, live.
-- Returns: {"runId", "streamId", "streamName", "attempt", "runner", "begunAt", "seconds",
--   "progress", "cancelling"}; progress is what the runner last told, or null.
create or replace function odyssey.show_live_attempt(p_lease odyssey.leases)
  returns jsonb
  language sql stable
  set search_path = pg_catalog, pg_temp
as $function$
  select jsonb_build_object(
    'runId', p_lease.run_id,
    'streamId', p_lease.stream_id,
    'streamName', (select s.name from public.data_streams as s where s.id = p_lease.stream_id),
    'attempt', coalesce(a.ordinal, a.number),
    'runner', a.runner,
    'begunAt', a.begun_at,
    'seconds', extract(epoch from clock_timestamp() - a.begun_at),
    'progress', p_lease.progress,
    'cancelling', odyssey.run_status(p_lease.run_id) is not distinct from 'cancelled')
  from odyssey.attempts as a
  where a.token = p_lease.token;
$function$;

revoke all on function odyssey.show_live_attempt(odyssey.leases) from public;
