-- Purpose: asks for one sync of a stream: the run's row and its message in one transaction. What
--   pg_cron and people call. A stream whose last job nobody has begun is not queued again.
-- Parameters: p_stream_id; p_trigger_type, who asks: manual, scheduled, api, cascade; p_traceparent
--   and p_tracestate, the trace that asks, as W3C Trace Context writes it; NULL for none.
-- Returns: the id of the run that will be done: the new one, or the one that waits already.
-- Errors: no_data_found for an unknown stream; those of odyssey.insert_run.
create or replace function odyssey.enqueue_sync(
  p_stream_id uuid, p_trigger_type text, p_traceparent text, p_tracestate text default null)
  returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_stream record;
  v_run_id uuid;
  v_message jsonb;
begin
  select s.tenant_id, s.name into v_stream from public.data_streams as s where s.id = p_stream_id;
  if not found then
    raise exception 'there is no stream %', coalesce(p_stream_id::text, 'NULL')
      using errcode = 'no_data_found', hint = 'data_streams has no row with this id.';
  end if;

  -- From here on nobody else enqueues or begins a job of this stream.
  perform odyssey.lock_stream(p_stream_id);
  v_run_id := odyssey.waiting_run(p_stream_id);
  if v_run_id is not null then
    return v_run_id;
  end if;

  v_run_id := gen_random_uuid();
  v_message := jsonb_build_object(
    'run_id', v_run_id,
    'stream_id', p_stream_id,
    'tenant_id', v_stream.tenant_id,
    'trigger_type', p_trigger_type,
    'stream_name', v_stream.name,
    'queued_at', clock_timestamp());
  if p_traceparent is not null then
    v_message := v_message || jsonb_strip_nulls(
      jsonb_build_object('traceparent', p_traceparent, 'tracestate', p_tracestate));
  end if;
  perform odyssey.insert_run(v_message);
  perform pgmq.send('stream_sync_jobs', v_message);
  notify odyssey_stream_sync_jobs;
  return v_run_id;
end $function$;

-- Of no trace. A function of its own, so that the rights on it stay what they were.
create or replace function odyssey.enqueue_sync(
  p_stream_id uuid, p_trigger_type text default 'manual')
  returns uuid
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $function$
  select odyssey.enqueue_sync(p_stream_id, p_trigger_type, null);
$function$;

revoke all on function odyssey.enqueue_sync(uuid, text, text, text), odyssey.enqueue_sync(uuid, text)
  from public;
