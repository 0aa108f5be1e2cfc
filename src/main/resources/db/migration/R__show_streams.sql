-- Purpose: the console's list of streams.
-- Parameters: p_search, part of a name, or an id of a stream or a tenant, any case; p_limit, at most 500; p_offset.
-- Returns: {"total", "streams": [{"id", "name", "tenantId", "status", "lastSyncAt", "freshSeconds",
--   "totalRows", "running", "queued", "deadLetters", "outcome", "error", "history": [{"runId",
--   "totalRows", "inserted", "updated", "deleted"}]}]} by name; freshSeconds since the last success
--   or null; outcome and error of the last attempt that ended, error null where it went well;
--   history: the last 24 completed runs, oldest first.
create or replace function odyssey.show_streams(
  p_search text default null, p_limit integer default 100, p_offset integer default 0)
  returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $function$
  with found as (
    select s.id, s.name::text as name, s.tenant_id
    from public.data_streams as s
    where coalesce(p_search, '') = ''
      or strpos(lower(s.name), lower(p_search)) > 0
      or lower(p_search) in (s.id::text, s.tenant_id::text)),
  page as (
    select * from found order by name, id
    limit least(greatest(p_limit, 1), 500) offset greatest(p_offset, 0)),
  -- Each message is looked at once, however many streams there are.
  queued as (
    select q.message ->> 'stream_id' as stream_id, count(*) as messages
    from pgmq.q_stream_sync_jobs as q
    where not exists (
      select from odyssey.leases as l
      where l.msg_id = q.msg_id and l.expires_at > clock_timestamp())
    group by 1),
  dead as (
    select q.message ->> 'stream_id' as stream_id, count(*) as messages
    from pgmq.q_stream_sync_jobs_dlq as q
    group by 1)
  select jsonb_build_object(
    'total', (select count(*) from found),
    'streams', coalesce(jsonb_agg(jsonb_build_object(
      'id', p.id,
      'name', p.name,
      'tenantId', p.tenant_id,
      'status', t.sync_status,
      'lastSyncAt', t.last_sync_at,
      'freshSeconds', extract(epoch from clock_timestamp() - t.last_successful_sync_at),
      'totalRows', t.total_rows,
      'running', exists (
        select from odyssey.leases as l
        where l.stream_id = p.id and l.expires_at > clock_timestamp()),
      'queued', coalesce(q.messages, 0),
      'deadLetters', coalesce(d.messages, 0),
      'outcome', e.outcome,
      'error', e.error ->> 'message',
      'history', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'runId', a.run_id,
          'totalRows', a.result -> 'totalRows',
          'inserted', a.result -> 'inserted',
          'updated', a.result -> 'updated',
          'deleted', a.result -> 'deleted') order by a.begun_at), '[]')
        from (
          select * from odyssey.attempts as c
          where c.stream_id = p.id and c.outcome = 'completed' and c.result is not null
          order by c.begun_at desc limit 24) as a)) order by p.name, p.id), '[]'))
  from page as p
    left join public.data_sync_state as t on t.data_stream_id = p.id
    left join lateral (
      select a.outcome, a.error from odyssey.attempts as a
      where a.stream_id = p.id and a.ended_at is not null
      order by a.begun_at desc limit 1) as e on true
    left join queued as q on q.stream_id = p.id::text
    left join dead as d on d.stream_id = p.id::text;
$function$;

revoke all on function odyssey.show_streams(text, integer, integer) from public;
