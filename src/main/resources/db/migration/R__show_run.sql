-- Purpose: one run with all its attempts, as the console shows it.
-- Parameters: p_run_id.
-- Returns: {"runId", "streamId", "streamName", "tenantId", "status", "message": {"msgId",
--   "triggerType", "queuedSeconds", "visibleIn"} or null where it is not in the queue;
--   "deadLetter", its message id or null; "live", as show_live_attempt, or null; "attempts":
--   [{"number", "runner", "begunAt", "endedAt", "seconds", "outcome", "result",
--   "error", "steps": [{"step", "begunAt", "millis", "brokenOff"}]}], newest first, at most 100}; NULL
--   where there is no such run.
create or replace function odyssey.show_run(p_run_id uuid)
  returns jsonb
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $function$
begin
  return (
    with attempt as (
      select * from odyssey.attempts as a
      where a.run_id = p_run_id order by a.begun_at desc limit 100),
    queued as (
      select * from pgmq.q_stream_sync_jobs as q
      where q.message ->> 'run_id' = p_run_id::text limit 1),
    dead as (
      select * from pgmq.q_stream_sync_jobs_dlq as d
      where d.message ->> 'run_id' = p_run_id::text order by d.msg_id desc limit 1),
    stream as (
      select coalesce(
        (select a.stream_id from attempt as a limit 1),
        (select odyssey.uuid_or_null(q.message ->> 'stream_id') from queued as q),
        (select odyssey.uuid_or_null(d.message ->> 'stream_id') from dead as d)) as id)
    select jsonb_build_object(
      'runId', p_run_id,
      'streamId', stream.id,
      'streamName', s.name,
      'tenantId', s.tenant_id,
      'status', odyssey.run_status(p_run_id),
      'message', (
        select jsonb_build_object('msgId', q.msg_id, 'triggerType', q.message ->> 'trigger_type',
          'queuedSeconds', extract(epoch from clock_timestamp() - q.enqueued_at),
          'visibleIn', greatest(extract(epoch from q.vt - clock_timestamp()), 0)) from queued as q),
      'deadLetter', (select d.msg_id from dead as d),
      'live', (
        select odyssey.show_live_attempt(l::odyssey.leases) from odyssey.leases as l
        where l.run_id = p_run_id and l.expires_at > clock_timestamp()
          and l.begun_at is not null
        limit 1),
      'attempts', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'number', coalesce(a.ordinal, a.number), 'runner', a.runner, 'begunAt', a.begun_at, 'endedAt', a.ended_at,
          'seconds', extract(epoch from coalesce(a.ended_at, clock_timestamp()) - a.begun_at),
          'outcome', a.outcome, 'result', a.result, 'error', a.error,
          'steps', (
            select jsonb_agg(jsonb_build_object('step', s.step,
              'begunAt', (extract(epoch from s.begun_at) * 1000)::bigint, 'millis', s.millis,
              'brokenOff', s.broken_off) order by s.number)
            from odyssey.steps as s where s.token = a.token))
          order by a.begun_at desc), '[]')
        from attempt as a))
    from stream left join public.data_streams as s on s.id = stream.id
    where odyssey.run_status(p_run_id) is not null or stream.id is not null);
end $function$;

revoke all on function odyssey.show_run(uuid) from public;
