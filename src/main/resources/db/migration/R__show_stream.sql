-- Purpose: one stream, as the console shows it. Of its source's config only where the file lies:
--   the rest may hold a secret.
-- Parameters: p_stream_id.
-- Returns: {"id", "name", "tenantId", "syncMode", "primaryKey", "cursorField", "schema",
--   "fieldMappings", "inherited", [{"source", "target"}] of the source's schema, which counts where
--   there are none; "mayMap", whether the caller may call odyssey.set_mapping;
--   "source": {"name", "type", "path"}, "status", "lastSyncAt", "freshSeconds",
--   "totalRows", "snapshotPath", "running", as show_live_attempt, or null; "waiting": [{"runId",
--   "visibleIn", "queuedSeconds", "triggerType"}]; "deadLetters": [{"msgId", "runId", "error"}];
--   "runs": [as show_attempt_summary, with "attempts"], the last 50, newest first; "latest", the
--   result of the last run that published; "failure", {"runId", "endedAt", "message", "advice",
--   "details"} of the last attempt that ended, null where it went well; "drift": [{"runId", "at",
--   "schema"}], the last 10 attempts that met another schema than the snapshot's, newest first}; NULL where there is no such stream.
create or replace function odyssey.show_stream(p_stream_id uuid)
  returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $function$
  with recent as (
    select * from odyssey.attempts as a
    where a.stream_id = p_stream_id order by a.begun_at desc limit 300),
  run as (
    select distinct on (r.run_id) odyssey.show_attempt_summary(r::odyssey.attempts)
      || jsonb_build_object('attempts', count(*) over (partition by r.run_id)) as summary, r.begun_at
    from recent as r
    order by r.run_id, r.begun_at desc)
  select (odyssey.job_definition(p_stream_id) -> 'stream') || jsonb_build_object(
    'fieldMappings', odyssey.job_definition(p_stream_id) -> 'fieldMappings',
    'inherited', (
      select jsonb_agg(jsonb_build_object(
        'source', c.child -> 'sourceColumn', 'target', c.child -> 'name') order by c.number)
      from public.data_schemas as d, jsonb_array_elements(
          case when jsonb_typeof(d.schema -> 'children') = 'array' then d.schema -> 'children' end)
        with ordinality as c (child, number)
      where d.data_source_id = s.source_data_source_id),
    'mayMap', has_function_privilege(
      session_user, 'odyssey.set_mapping(uuid, jsonb, jsonb)', 'execute'),
    'source', (
      select jsonb_build_object('name', d.name, 'type', d.type, 'path', coalesce(
        d.config ->> 'parquetFilePath', d.config ->> 'storedFilePath', d.config ->> 'filePath'))
      from public.data_sources as d where d.id = s.source_data_source_id),
    'status', t.sync_status,
    'lastSyncAt', t.last_sync_at,
    'freshSeconds', extract(epoch from clock_timestamp() - t.last_successful_sync_at),
    'totalRows', t.total_rows,
    'snapshotPath', t.last_snapshot_path,
    'running', (
      select odyssey.show_live_attempt(l::odyssey.leases) from odyssey.leases as l
      where l.stream_id = p_stream_id and l.expires_at > clock_timestamp()
        and l.begun_at is not null),
    'waiting', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'runId', q.message ->> 'run_id',
        'triggerType', q.message ->> 'trigger_type',
        'queuedSeconds', extract(epoch from clock_timestamp() - q.enqueued_at),
        'visibleIn', greatest(extract(epoch from q.vt - clock_timestamp()), 0)) order by q.msg_id), '[]')
      from pgmq.q_stream_sync_jobs as q
      where q.message ->> 'stream_id' = p_stream_id::text
        and not exists (
          select from odyssey.leases as l
          where l.msg_id = q.msg_id and l.expires_at > clock_timestamp())),
    'deadLetters', (
      select coalesce(jsonb_agg(jsonb_build_object('msgId', q.msg_id,
        'runId', q.message ->> 'run_id', 'error', q.message ->> 'error') order by q.msg_id desc), '[]')
      from (
        select * from pgmq.q_stream_sync_jobs_dlq as d
        where d.message ->> 'stream_id' = p_stream_id::text order by d.msg_id desc limit 20) as q),
    'runs', (
      select coalesce(jsonb_agg(r.summary order by r.begun_at desc), '[]')
      from (select * from run order by begun_at desc limit 50) as r),
    'latest', (
      select a.result - 'source' from recent as a
      where a.outcome = 'completed' and a.result #>> '{details,skipped}' is null
      order by a.begun_at desc limit 1),
    'failure', (
      select jsonb_build_object('runId', e.run_id, 'endedAt', e.ended_at, 'message',
        e.error -> 'message', 'advice', e.error -> 'advice', 'details', e.error -> 'details')
      from (
        select * from recent as a where a.ended_at is not null order by a.begun_at desc limit 1) as e
      where e.outcome <> 'completed' and e.error is not null),
    'drift', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'runId', d.run_id, 'at', d.ended_at, 'schema', d.schema) order by d.begun_at desc), '[]')
      from (
        select a.run_id, a.ended_at, a.begun_at,
          coalesce(a.result #> '{details,schema}', a.error #> '{details,schema}') as schema
        from recent as a
        where a.result #> '{details,schema}' is not null or a.error #> '{details,schema}' is not null
        order by a.begun_at desc limit 10) as d))
  from public.data_streams as s
    left join public.data_sync_state as t on t.data_stream_id = s.id
  where s.id = p_stream_id;
$function$;

revoke all on function odyssey.show_stream(uuid) from public;
