-- Purpose: gives an attempt the exclusive right to a job, and what it needs to do it; or says why
--   not. Repeating the call with the same token is harmless. A lease that has expired is taken
--   over, and its attempt recorded as crashed.
-- Parameters: p_msg_id and p_run_id, as claimed; p_token, a new one for every attempt;
--   p_visibility_timeout, seconds for which the lease holds without renewal; p_runner, which
--   replica asks; p_max_crashes, after how many crashed attempts the job is a dead letter.
-- Returns: {"granted": true, "token", "number", "msgId", "runId", "streamId", "tenantId",
--   "streamName", "triggerType", "definition", "previousSnapshot"}; "definition": {"stream": null}
--   where the stream is gone. Or {"granted": false, "reason"}:
--   message-gone   the message is not in the queue any more
--   malformed      it names no stream, tenant or run; now a dead letter
--   stream-busy    another job of the stream runs; visible again in 5 seconds, nothing counted
--   message-busy   another attempt has this very message
--   run-finished   the run is completed or cancelled; the message is acknowledged
--   crashed        it crashed its runner p_max_crashes times; now a dead letter
--   token-used     this token's attempt has ended
create or replace function odyssey.begin_attempt(
  p_msg_id bigint, p_run_id uuid, p_token uuid, p_visibility_timeout integer,
  p_runner text default null, p_max_crashes integer default 3)
  returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_message jsonb;
  v_stream_id uuid;
  v_live odyssey.leases;
  v_attempt odyssey.attempts;
  v_now timestamptz;
begin
  select q.message into v_message from pgmq.q_stream_sync_jobs as q where q.msg_id = p_msg_id;
  if not found then
    return odyssey.refusal('message-gone');
  end if;
  if odyssey.bury_malformed(p_msg_id, v_message) then
    return odyssey.refusal('malformed');
  end if;
  v_stream_id := v_message ->> 'stream_id';

  perform odyssey.lock_stream(v_stream_id);
  -- Waits for a transaction that is just ending the lease; afterwards the message may be gone.
  perform from odyssey.leases
  where msg_id = p_msg_id or stream_id = v_stream_id
  order by token for update;
  perform from pgmq.q_stream_sync_jobs as q where q.msg_id = p_msg_id;
  if not found then
    return odyssey.refusal('message-gone');
  end if;

  v_now := clock_timestamp();
  select * into v_attempt from odyssey.attempts where token = p_token;
  if v_attempt.outcome <> 'running' then
    return odyssey.refusal('token-used');
  end if;
  select * into v_live from odyssey.leases
  where (msg_id = p_msg_id or stream_id = v_stream_id)
    and token <> p_token and expires_at > v_now
  limit 1;
  if v_live.msg_id = p_msg_id then
    return odyssey.refusal('message-busy');
  elsif v_live.token is not null then
    perform pgmq.set_vt('stream_sync_jobs', p_msg_id, 5);
    return odyssey.refusal('stream-busy');
  end if;

  perform odyssey.end_attempt(l.token, 'crashed', jsonb_build_object(
    'message', format('the runner %s vanished while it held this job', coalesce(a.runner, '')),
    'advice', 'Look at that runner''s last log lines, and at its memory limit.'))
  from odyssey.leases as l join odyssey.attempts as a using (token)
  where (l.msg_id = p_msg_id or l.stream_id = v_stream_id) and l.token <> p_token;

  if odyssey.run_status(p_run_id) in ('completed', 'cancelled') then
    perform odyssey.acknowledge(p_msg_id);
    return odyssey.refusal('run-finished');
  end if;
  if odyssey.counted_attempts(p_run_id, 'crashed') >= p_max_crashes then
    perform odyssey.move_to_dead_letters(p_msg_id, p_run_id, jsonb_build_object(
      'message', format('crashed the runner %s times', p_max_crashes),
      'advice', 'Raise the runner''s memory limit or look into the source file, then redrive.'));
    return odyssey.refusal('crashed');
  end if;

  if v_attempt.token is null then
    insert into odyssey.attempts (token, run_id, msg_id, stream_id, number, runner, begun_at)
    values (p_token, p_run_id, p_msg_id, v_stream_id,
      odyssey.counted_attempts(p_run_id) + 1, p_runner, v_now)
    returning * into v_attempt;
    insert into odyssey.leases (token, msg_id, run_id, stream_id, begun_at, expires_at)
    values (p_token, p_msg_id, p_run_id, v_stream_id, v_now, v_now);
    perform odyssey.record_run(p_run_id, 'processing');
  end if;
  update odyssey.leases set expires_at = v_now + make_interval(secs => p_visibility_timeout)
  where token = p_token;
  perform pgmq.set_vt('stream_sync_jobs', p_msg_id, p_visibility_timeout);

  return jsonb_build_object(
    'granted', true,
    'token', p_token,
    'number', v_attempt.number,
    'msgId', p_msg_id,
    'runId', p_run_id,
    'streamId', v_stream_id,
    'tenantId', v_message -> 'tenant_id',
    'streamName', coalesce(v_message ->> 'stream_name',
      (select s.name from public.data_streams as s where s.id = v_stream_id)),
    'triggerType', v_message -> 'trigger_type',
    'definition', odyssey.job_definition(v_stream_id),
    'previousSnapshot', (
      select s.last_snapshot_path from public.data_sync_state as s
      where s.data_stream_id = v_stream_id));
end $function$;

revoke all on function odyssey.begin_attempt(bigint, uuid, uuid, integer, text, integer) from public;
