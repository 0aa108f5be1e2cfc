-- Purpose: the last runs, for a list.
-- Parameters: p_stream_id, those of one stream, NULL for all; p_failed, only those that failed or
--   are to be tried again after an error; p_limit, at most 500.
-- Returns: [{as show_attempt_summary of the run's last attempt; "streamName", "status", "attempts",
--   their number, "waitingSeconds", until it may be claimed, where it is queued}], newest first: by
--   the begin of the last attempt, what nobody has begun before all. A run that waits for its first
--   attempt has "attempt" null.
create or replace function odyssey.show_runs(
  p_stream_id uuid default null, p_failed boolean default false, p_limit integer default 20)
  returns jsonb
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $function$
begin
  return (
    with most as (select least(greatest(p_limit, 1), 500) as rows),
    -- Enough attempts for that many runs, unless a run has very many of them.
    attempt as (
      select * from odyssey.attempts as a
      where (p_stream_id is null or a.stream_id = p_stream_id)
        and (not p_failed or a.error is not null)
      order by a.begun_at desc limit (select rows * 20 from most)),
    last_attempt as (
      select distinct on (a.run_id) a.* from attempt as a order by a.run_id, a.begun_at desc),
    queued as (
      select odyssey.uuid_or_null(q.message ->> 'run_id') as run_id,
        odyssey.uuid_or_null(q.message ->> 'stream_id') as stream_id, q.enqueued_at,
        greatest(extract(epoch from q.vt - clock_timestamp()), 0) as seconds
      from pgmq.q_stream_sync_jobs as q
      where p_stream_id is null or q.message ->> 'stream_id' = p_stream_id::text),
    run as (
      select a.run_id, a.begun_at as at, odyssey.show_attempt_summary(a::odyssey.attempts) as summary
      from last_attempt as a
      union all
      select q.run_id, q.enqueued_at, jsonb_build_object('runId', q.run_id, 'streamId', q.stream_id)
      from queued as q
      where q.run_id is not null and not p_failed
        and not exists (select from odyssey.attempts as a where a.run_id = q.run_id)),
    told as (
      select r.at, r.summary || jsonb_build_object(
        'status', odyssey.run_status(r.run_id),
        'streamName', (
          select s.name from public.data_streams as s
          where s.id = odyssey.uuid_or_null(r.summary ->> 'streamId')),
        'attempts', (select count(*) from odyssey.attempts as a where a.run_id = r.run_id),
        'waitingSeconds', (select min(q.seconds) from queued as q where q.run_id = r.run_id)) as run
      from run as r)
    select coalesce(jsonb_agg(t.run order by t.at desc), '[]')
    from (
      select * from told
      where not p_failed or told.run ->> 'status' in ('failed', 'pending', 'processing')
      order by told.at desc limit (select rows from most)) as t);
end $function$;

revoke all on function odyssey.show_runs(uuid, boolean, integer) from public;
