-- Purpose: ends an attempt that failed but may succeed later: the job is visible again after the
--   delay, or a dead letter when its attempts are used up or its transform has died a second time.
-- Parameters: p_token, the attempt's; p_delay_seconds; p_max_attempts, of the run, this one
--   included, crashes and interruptions apart; p_error, {"message", "advice", "details", "steps"}.
-- Returns: retrying, dead-lettered, the same when called again; cancelled where somebody cancelled the run meanwhile; lost
--   where the lease is not this attempt's any more and nothing has changed.
create or replace function odyssey.retry_run(
  p_token uuid, p_delay_seconds integer, p_max_attempts integer, p_error jsonb)
  returns text
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_lease odyssey.leases := odyssey.lock_lease(p_token);
begin
  if v_lease.token is null then
    return case
      when odyssey.ended_as(p_token, 'retried') then 'retrying'
      when odyssey.ended_as(p_token, 'dead-lettered') then 'dead-lettered'
      else 'lost' end;
  elsif odyssey.settle_cancelled(v_lease) then
    return 'cancelled';
  elsif odyssey.counted_attempts(v_lease.run_id, 'retried') + 1 >= p_max_attempts
      or odyssey.died_before(v_lease.run_id, p_error) then
    perform odyssey.end_attempt(p_token, 'dead-lettered', p_error);
    perform odyssey.move_to_dead_letters(v_lease.msg_id, v_lease.run_id, p_error);
    return 'dead-lettered';
  end if;
  perform odyssey.end_attempt(p_token, 'retried', p_error);
  perform odyssey.record_run(v_lease.run_id, 'pending', p_error => p_error);
  perform pgmq.set_vt('stream_sync_jobs', v_lease.msg_id, p_delay_seconds);
  return 'retrying';
end $function$;

revoke all on function odyssey.retry_run(uuid, integer, integer, jsonb) from public;
