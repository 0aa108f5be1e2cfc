-- Purpose: finishes a job in one transaction: the run, the stream's state, the pointer of its base
--   models, a message for every derived model (where the queue model_refresh_jobs exists), the
--   acknowledgement.
-- Parameters: p_token, the attempt's; p_result, {"processed", "inserted", "updated", "deleted",
--   "totalRows", "fileSizeBytes", "snapshotPath", "details", "source", "steps"}; details, source,
--   which odyssey.record_source takes, and steps, which odyssey.record_steps takes, may be absent.
-- Returns: true where all of it is done, also when called again; false where the lease is not
--   this attempt's any more and nothing has changed, or where somebody cancelled the run, which
--   then stays cancelled.
-- Errors: invalid_parameter_value where p_result lacks a key; what the team's functions raise.
create or replace function odyssey.complete_run(p_token uuid, p_result jsonb)
  returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_lease odyssey.leases;
begin
  if not p_result ?& array['processed', 'inserted', 'updated', 'deleted', 'totalRows',
      'fileSizeBytes', 'snapshotPath'] then
    raise exception 'p_result of complete_run lacks a key: %', p_result
      using errcode = 'invalid_parameter_value';
  end if;
  v_lease := odyssey.lock_lease(p_token);
  if v_lease.token is null then
    return odyssey.ended_as(p_token, 'completed');
  elsif odyssey.settle_cancelled(v_lease) then
    return false;
  end if;

  perform odyssey.record_run(v_lease.run_id, 'completed', p_result => p_result);
  perform odyssey.record_sync_state(v_lease.stream_id, p_result);
  perform odyssey.record_source(v_lease.stream_id, p_result);
  perform odyssey.point_models(v_lease.stream_id, p_result);
  perform odyssey.record_snapshot(
    v_lease.stream_id, v_lease.run_id, p_result ->> 'snapshotPath');
  update odyssey.attempts set result = p_result - 'steps' where token = p_token;
  perform odyssey.record_steps(p_token, p_result -> 'steps', true);
  perform odyssey.end_attempt(p_token, 'completed');
  perform odyssey.acknowledge(v_lease.msg_id);
  return true;
end $function$;

revoke all on function odyssey.complete_run(uuid, jsonb) from public;
