-- Purpose: the console's first page: what waits, what runs, how it went lately, who is alive.
-- Parameters: p_hours, how far back the plots reach, at most a week.
-- Returns: {"queue", as odyssey.queue_state; "running": [as show_live_attempt], at most 50;
--   "hours": [{"at", "completed", "failed", "rows"}], oldest first; "recent": [as
--   show_attempt_summary, with "streamName"], the last 12 that ended; "runners": [{"name",
--   "seenSeconds", "upSeconds", "alive", "places", "underWay"}] that reported within ten minutes and
--   did not stop in an orderly way: alive, within half a minute; underWay, NULL where it is not}.
--   The rows of an hour are those of files that were read, not of unchanged sources.
create or replace function odyssey.show_overview(p_hours integer default 24)
  returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $function$
  with hour as (
    select h as at from generate_series(
      date_trunc('hour', now()) - make_interval(hours => least(greatest(p_hours, 1), 168) - 1),
      date_trunc('hour', now()), interval '1 hour') as h),
  ended as (
    select date_trunc('hour', a.ended_at) as at,
      count(*) filter (where a.outcome = 'completed') as completed,
      count(*) filter (where a.outcome in ('retried', 'dead-lettered', 'crashed')) as failed,
      coalesce(sum((a.result ->> 'processed')::bigint)
        filter (where a.result #>> '{details,skipped}' is null), 0) as rows
    from odyssey.attempts as a
    where a.ended_at >= (select min(hour.at) from hour)
    group by 1)
  select jsonb_build_object(
    'queue', odyssey.queue_state(),
    'running', (
      select coalesce(jsonb_agg(odyssey.show_live_attempt(l::odyssey.leases) order by l.begun_at), '[]')
      from (
        select * from odyssey.leases
        where expires_at > clock_timestamp() and begun_at is not null
        order by begun_at limit 50) as l),
    'hours', (
      select jsonb_agg(jsonb_build_object('at', hour.at, 'completed', coalesce(e.completed, 0),
        'failed', coalesce(e.failed, 0), 'rows', coalesce(e.rows, 0)) order by hour.at)
      from hour left join ended as e on e.at = hour.at),
    'recent', (
      select coalesce(jsonb_agg(odyssey.show_attempt_summary(a::odyssey.attempts) || jsonb_build_object('streamName',
        (select s.name from public.data_streams as s where s.id = a.stream_id))
        order by a.ended_at desc), '[]')
      from (
        select * from odyssey.attempts where ended_at is not null
        order by ended_at desc limit 12) as a),
    'runners', (
      select coalesce(jsonb_agg(jsonb_build_object('name', r.name,
        'seenSeconds', extract(epoch from clock_timestamp() - r.seen_at),
        'upSeconds', extract(epoch from clock_timestamp() - r.started_at),
        'alive', r.alive, 'places', r.places,
        'underWay', case when r.alive then r.under_way end) order by r.name), '[]')
      from (
        select *, seen_at > clock_timestamp() - interval '30 seconds' as alive
        from odyssey.runners
        where seen_at > clock_timestamp() - interval '10 minutes'
        order by seen_at desc limit 100) as r));
$function$;

revoke all on function odyssey.show_overview(integer) from public;
