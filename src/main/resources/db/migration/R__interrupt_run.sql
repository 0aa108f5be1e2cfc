-- Purpose: gives a job back unfinished, claimed or begun: visible to others at once, no attempt
--   counted. What a runner calls that shuts down, or that notices late that its lease is over: it
--   lives, so its attempt was no crash.
-- Parameters: p_token, the attempt's.
-- Returns: true where the job is given back (or was cancelled, and is gone), also when called
--   again; false where somebody else has the job, whose right nothing here touches.
create or replace function odyssey.interrupt_run(p_token uuid)
  returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_lease odyssey.leases;
  v_run_id uuid;
begin
  select * into v_lease from odyssey.leases where token = p_token for update;
  if not found then
    update odyssey.attempts
    set outcome = 'interrupted', counted = false, error = odyssey.lease_lost()
    where token = p_token and outcome = 'crashed'
    returning run_id into v_run_id;
    delete from odyssey.suspects where run_id = v_run_id;
    return v_run_id is null and odyssey.ended_as(p_token, 'interrupted');
  elsif v_lease.begun_at is null then
    return odyssey.give_back(p_token);
  elsif odyssey.settle_cancelled(v_lease) then
    return true;
  end if;
  perform odyssey.end_attempt(p_token, 'interrupted',
    case when v_lease.expires_at <= clock_timestamp() then odyssey.lease_lost() end);
  perform odyssey.record_run(v_lease.run_id, 'pending');
  perform pgmq.set_vt('stream_sync_jobs', v_lease.msg_id, 0);
  return true;
end $function$;

revoke all on function odyssey.interrupt_run(uuid) from public;
