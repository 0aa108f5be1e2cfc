-- Purpose: ends an attempt whose run somebody cancelled: the run stays cancelled, the message goes.
-- Parameters: p_lease, locked by the caller.
-- Returns: true where the run was cancelled and the attempt is ended; false where nothing was done.
create or replace function odyssey.settle_cancelled(p_lease odyssey.leases)
  returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $function$
begin
  if odyssey.locked_run_status(p_lease.run_id) is distinct from 'cancelled' then
    return false;
  end if;
  perform odyssey.end_attempt(p_lease.token, 'cancelled');
  perform odyssey.acknowledge(p_lease.msg_id);
  return true;
end $function$;

revoke all on function odyssey.settle_cancelled(odyssey.leases) from public;
