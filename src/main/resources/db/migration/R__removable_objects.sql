-- Purpose: which of some objects in the bucket nobody needs any more. Only the database can say,
--   since only it knows pointers, leases and messages. Ask again where the answer is not acted on at
--   once: a run may be redriven meanwhile.
-- Parameters: p_keys, of objects; p_keep_snapshots, of each stream, the current one included;
--   p_keep_rejects_days, since the end of the run's last attempt; p_grace_seconds, since then, before
--   what an attempt left may go.
-- Rows: key and reason, "old snapshot" or "never completed". An object's stem is {run} or, of a run's
--   later attempts, {run}.{n}. Never an object
--   whose key is not {tenant}/{stream}/{stem}... or whose run no attempt of ours has had;
--   whose stem a pointer mentions (data_sync_state, data_models), so a snapshot in parts is safe too;
--   whose run has a live lease or a message in the queue.
create or replace function odyssey.removable_objects(
  p_keys text[], p_keep_snapshots integer, p_keep_rejects_days integer, p_grace_seconds integer)
  returns table (key text, reason text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $function$
  with parsed as materialized (
    select k as key, m[1] as stream, m[2] as run, m[2] || coalesce(m[3], '') as stem, m[4] as rest
    from unnest(p_keys) as k,
      regexp_match(k,
        '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'
          '/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(\.[0-9]+)?([./].+)$') as m
    where m is not null),
  ended as (
    select a.run_id::text as run, a.stream_id::text as stream,
      max(coalesce(a.ended_at, a.begun_at)) as at
    from odyssey.attempts as a
    where a.run_id in (select p.run::uuid from parsed as p)
    group by 1, 2),
  pointed as (
    select m[1] as stem
    from (
      select s.last_snapshot_path as path from public.data_sync_state as s
      union all
      select d.parquet_path from public.data_models as d) as pointer,
      regexp_matches(
        pointer.path, '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.[0-9]+)?)', 'g') as m),
  busy as (
    select l.run_id::text as run from odyssey.leases as l where l.expires_at > clock_timestamp()
    union all
    select q.message ->> 'run_id' from pgmq.q_stream_sync_jobs as q),
  ranked as (
    select substring(s.path from '/([0-9a-f-]{36}(?:\.[0-9]+)?)(?:\.parquet|/)$') as stem,
      row_number() over (partition by s.stream_id order by s.published_at desc) as place
    from odyssey.snapshots as s
    where s.stream_id in (select p.stream::uuid from parsed as p))
  select p.key, case when r.stem is null then 'never completed' else 'old snapshot' end
  from parsed as p
    join ended as e on e.run = p.run and e.stream = p.stream
    left join ranked as r on r.stem = p.stem
  where not exists (select from pointed as o where o.stem = p.stem)
    and not exists (select from busy as b where b.run = p.run)
    and (r.place is null or r.place > p_keep_snapshots)
    and e.at < clock_timestamp() - make_interval(secs => p_grace_seconds)
    and (p.rest not like '.rejects%'
      or e.at < clock_timestamp() - make_interval(days => p_keep_rejects_days));
$function$;

revoke all on function odyssey.removable_objects(text[], integer, integer, integer) from public;
