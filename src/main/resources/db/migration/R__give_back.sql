-- Purpose: gives a job back that was claimed and not begun: visible again at once.
-- Parameters: p_token, the lease's.
-- Returns: true where it is given back; false where there is no such lease, or somebody else is
--   just changing it.
create or replace function odyssey.give_back(p_token uuid)
  returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_msg_id bigint;
begin
  select l.msg_id into v_msg_id from odyssey.leases as l
  where l.token = p_token and l.begun_at is null
  for update skip locked;
  if v_msg_id is null then
    return false;
  end if;
  delete from odyssey.leases where token = p_token;
  perform pgmq.set_vt('stream_sync_jobs', v_msg_id, 0);
  return true;
end $function$;

revoke all on function odyssey.give_back(uuid) from public;
