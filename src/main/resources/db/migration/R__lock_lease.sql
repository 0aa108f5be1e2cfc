-- Purpose: the fence. Every change that an attempt makes starts here, and holds the lease's row
--   until its transaction ends, so that nobody can take the lease over in between.
-- Parameters: p_token, the attempt's.
-- Returns: the lease; all NULL where it has expired, was taken over or never was. The time is read
--   after the lock is held: a transaction that waited past the expiry finds the lease expired.
create or replace function odyssey.lock_lease(p_token uuid)
  returns odyssey.leases
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_lease odyssey.leases;
begin
  select * into v_lease from odyssey.leases where token = p_token for update;
  if v_lease.expires_at > clock_timestamp() then
    return v_lease;
  end if;
  return null;
end $function$;

revoke all on function odyssey.lock_lease(uuid) from public;
