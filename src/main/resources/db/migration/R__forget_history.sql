-- Purpose: keeps what the runner remembers from growing without end: attempts of runs that ended long
--   ago, and snapshots that left the kept ones long ago, so that housekeeping has removed their objects.
-- Parameters: p_keep_days; p_keep_snapshots and p_keep_rejects_days, as removable_objects takes them:
--   an object whose run nobody remembers would never go.
-- Returns: the number of attempts forgotten, some thousand in one call. Never those of a run that waits,
--   works, is a dead letter or has a snapshot that is remembered.
create or replace function odyssey.forget_history(
  p_keep_days integer, p_keep_snapshots integer, p_keep_rejects_days integer)
  returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_before timestamptz := clock_timestamp() - make_interval(days => p_keep_days);
  v_forgotten bigint;
begin
  delete from odyssey.snapshots as s
  using (
    select o.path, lag(o.published_at, p_keep_snapshots)
      over (partition by o.stream_id order by o.published_at desc) as left_at
    from odyssey.snapshots as o) as old
  where old.path = s.path
    and old.left_at < v_before
    and not exists (select from public.data_sync_state as d where d.last_snapshot_path = s.path)
    and not exists (select from public.data_models as m where m.parquet_path = s.path);

  v_before := least(v_before, clock_timestamp() - make_interval(days => p_keep_rejects_days + 7));
  with needed as materialized (
    select s.run_id::text as run from odyssey.snapshots as s
    union all
    select l.run_id::text from odyssey.leases as l
    union all
    select q.message ->> 'run_id' from pgmq.q_stream_sync_jobs as q
    union all
    select d.message ->> 'run_id' from pgmq.q_stream_sync_jobs_dlq as d),
  forgotten as (
    select distinct a.run_id
    from odyssey.attempts as a
    where a.ended_at < v_before
      and not exists (select from needed as n where n.run = a.run_id::text)
      and not exists (
        select from odyssey.attempts as later
        where later.run_id = a.run_id and coalesce(later.ended_at, later.begun_at) >= v_before)
    limit 10000)
  delete from odyssey.attempts as a using forgotten as f where a.run_id = f.run_id;
  get diagnostics v_forgotten = row_count;
  return v_forgotten;
end $function$;

revoke all on function odyssey.forget_history(integer, integer, integer) from public;
