-- Purpose: gives a job back unfinished, for a shutdown: visible to others at once, the attempt not
--   counted.
-- Parameters: p_token, the attempt's.
-- Returns: true where the job is given back (or was cancelled, and is gone); false where the lease
--   is not this attempt's any more and nothing has changed.
create or replace function odyssey.interrupt_run(p_token uuid)
  returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_lease odyssey.leases := odyssey.lock_lease(p_token);
begin
  if v_lease.token is null then
    return false;
  elsif odyssey.settle_cancelled(v_lease) then
    return true;
  end if;
  perform odyssey.end_attempt(p_token, 'interrupted');
  perform odyssey.record_run(v_lease.run_id, 'pending');
  perform pgmq.set_vt('stream_sync_jobs', v_lease.msg_id, 0);
  return true;
end $function$;

revoke all on function odyssey.interrupt_run(uuid) from public;
