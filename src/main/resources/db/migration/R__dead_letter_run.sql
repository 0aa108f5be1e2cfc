-- Purpose: ends a job that no retry can mend: the run failed, the message in stream_sync_jobs_dlq
--   with the original, the attempts and the error, in one transaction.
-- Parameters: p_token, the attempt's; p_error, {"message", "advice", "details", "steps"}.
-- Returns: true where the job is ended (or was cancelled, and is gone), also when called again;
--   false where the lease is not this attempt's any more and nothing has changed.
create or replace function odyssey.dead_letter_run(p_token uuid, p_error jsonb)
  returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_lease odyssey.leases := odyssey.lock_lease(p_token);
begin
  if v_lease.token is null then
    return odyssey.ended_as(p_token, 'dead-lettered');
  elsif odyssey.settle_cancelled(v_lease) then
    return true;
  end if;
  perform odyssey.end_attempt(p_token, 'dead-lettered', p_error);
  perform odyssey.move_to_dead_letters(v_lease.msg_id, v_lease.run_id, p_error);
  return true;
end $function$;

revoke all on function odyssey.dead_letter_run(uuid, jsonb) from public;
