-- Purpose: begins the attempt that a claimed job's lease is for, and gives what it needs; or says
--   why not. Repeating the call is harmless.
-- Parameters: p_token, as claim_jobs returned it; p_visibility_timeout, seconds for which the lease
--   holds without renewal.
-- Returns: {"granted": true, "token", "number", "ordinal", "msgId", "runId", "streamId", "tenantId",
--   "streamName", "triggerType", "definition", "previousSnapshot", "traceContext"}; "definition":
--   {"stream": null} where the stream is gone; "traceContext": {"traceparent", "tracestate"} as the
--   message has them, or its headers where this pgmq has such; NULL where neither names a trace.
--   Or {"granted": false, "reason"}:
--   lease-lost     the lease has ended, or was never given
--   message-gone   the message is not in the queue any more
--   run-finished   the run is completed or cancelled; the message is acknowledged
--   given-up       ten attempts lost their leases to nobody's fault; the job is a dead letter
create or replace function odyssey.begin_attempt(p_token uuid, p_visibility_timeout integer)
  returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_lease odyssey.leases;
  v_message jsonb;
  v_trace jsonb;
  v_attempt odyssey.attempts;
  v_error jsonb;
begin
  -- So that enqueue_sync, which looks for a run that has not begun, and this take turns.
  perform odyssey.lock_stream(l.stream_id) from odyssey.leases as l where l.token = p_token;
  v_lease := odyssey.lock_lease(p_token);
  if v_lease.token is null then
    return odyssey.refusal('lease-lost');
  end if;
  select m.message, m.vt,
    case when m.message ->> 'traceparent' is null then to_jsonb(m) -> 'headers' else m.message end
    into v_message, v_lease.expires_at, v_trace
  from pgmq.set_vt('stream_sync_jobs', v_lease.msg_id, p_visibility_timeout) as m;
  if not found then
    perform odyssey.end_attempt(p_token, 'interrupted');
    return odyssey.refusal('message-gone');
  end if;
  if odyssey.locked_run_status(v_lease.run_id) in ('completed', 'cancelled') then
    perform odyssey.end_attempt(p_token, 'cancelled');
    perform odyssey.acknowledge(v_lease.msg_id);
    return odyssey.refusal('run-finished');
  end if;

  select * into v_attempt from odyssey.attempts where token = p_token;
  if not found then
    insert into odyssey.attempts
      (token, run_id, msg_id, stream_id, number, ordinal, runner, begun_at)
    values (p_token, v_lease.run_id, v_lease.msg_id, v_lease.stream_id,
      odyssey.counted_attempts(v_lease.run_id) + 1, odyssey.next_ordinal(v_lease.run_id),
      v_lease.runner, clock_timestamp())
    returning * into v_attempt;
    if odyssey.lost_leases(v_lease.run_id) >= 10 then
      v_error := jsonb_build_object(
        'message', 'ten attempts lost their leases, for no renewal succeeded in time',
        'advice', odyssey.lease_lost() ->> 'advice' || ' Or raise VISIBILITY_TIMEOUT_SECONDS.');
      perform odyssey.end_attempt(p_token, 'dead-lettered', v_error);
      perform odyssey.move_to_dead_letters(v_lease.msg_id, v_lease.run_id, v_error);
      return odyssey.refusal('given-up');
    end if;
    perform odyssey.record_run(v_lease.run_id, 'processing');
  end if;
  update odyssey.leases
  set begun_at = v_attempt.begun_at, expires_at = v_lease.expires_at
  where token = p_token;

  return jsonb_build_object(
    'granted', true,
    'token', p_token,
    'number', v_attempt.number,
    'ordinal', v_attempt.ordinal,
    'msgId', v_lease.msg_id,
    'runId', v_lease.run_id,
    'streamId', v_lease.stream_id,
    'tenantId', v_lease.tenant_id,
    'streamName', coalesce(v_message ->> 'stream_name',
      (select s.name from public.data_streams as s where s.id = v_lease.stream_id)),
    'triggerType', v_message -> 'trigger_type',
    'definition', odyssey.job_definition(v_lease.stream_id),
    'previousSnapshot', (
      select s.last_snapshot_path from public.data_sync_state as s
      where s.data_stream_id = v_lease.stream_id),
    'traceContext', case when v_trace ->> 'traceparent' is not null then jsonb_build_object(
      'traceparent', v_trace ->> 'traceparent', 'tracestate', v_trace ->> 'tracestate') end);
end $function$;

revoke all on function odyssey.begin_attempt(uuid, integer) from public;
