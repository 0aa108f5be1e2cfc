-- Purpose: gives a message up: off the queue, on to stream_sync_jobs_dlq with what is known of it,
--   its run failed. The caller's transaction makes it one step.
-- Parameters: p_msg_id, in the queue; p_run_id, NULL where the message names none; p_error,
--   {"message", "advice", "details"}.
-- Errors: no_data_found where the message is not in the queue any more.
create or replace function odyssey.move_to_dead_letters(
  p_msg_id bigint, p_run_id uuid, p_error jsonb)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_message jsonb;
  v_attempts jsonb;
begin
  select q.message into v_message from pgmq.q_stream_sync_jobs as q where q.msg_id = p_msg_id;

  select coalesce(jsonb_agg(jsonb_build_object(
      'number', coalesce(a.ordinal, a.number), 'outcome', a.outcome, 'runner', a.runner,
      'begun_at', a.begun_at, 'ended_at', a.ended_at, 'error', a.error) order by a.begun_at), '[]')
    into v_attempts
  from odyssey.attempts as a where a.run_id = p_run_id;

  perform pgmq.send('stream_sync_jobs_dlq', jsonb_build_object(
    'run_id', p_run_id,
    'stream_id', v_message -> 'stream_id',
    'tenant_id', v_message -> 'tenant_id',
    'stream_name', v_message -> 'stream_name',
    'message', v_message,
    'attempts', v_attempts,
    'error', p_error ->> 'message',
    'advice', p_error ->> 'advice',
    'details', p_error -> 'details',
    'dead_lettered_at', clock_timestamp()));
  perform odyssey.acknowledge(p_msg_id);
  delete from odyssey.suspects where run_id = p_run_id;

  if p_run_id is not null then
    perform odyssey.record_run(p_run_id, 'failed', p_error => p_error);
  end if;
  update public.data_sync_state as s
  set last_sync_at = clock_timestamp(), sync_status = 'failed'
  where s.data_stream_id = odyssey.uuid_or_null(v_message ->> 'stream_id');
end $function$;

revoke all on function odyssey.move_to_dead_letters(bigint, uuid, jsonb) from public;
