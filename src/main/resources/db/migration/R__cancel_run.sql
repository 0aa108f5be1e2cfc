-- Purpose: cancels a run: one that waits leaves the queue at once, one that runs is told at its next
--   renewal and publishes nothing.
-- Parameters: p_run_id.
-- Returns: cancelled; cancelling where an attempt still has to notice; finished where the run was
--   already over; unknown where there is no such run.
create or replace function odyssey.cancel_run(p_run_id uuid)
  returns text
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_status text;
begin
  -- So that no attempt begins between the look for a lease and the acknowledgement.
  perform odyssey.lock_stream(odyssey.uuid_or_null(q.message ->> 'stream_id'))
  from pgmq.q_stream_sync_jobs as q where q.message ->> 'run_id' = p_run_id::text;
  perform from odyssey.leases where run_id = p_run_id for update;

  v_status := odyssey.run_status(p_run_id);
  if v_status is null then
    return 'unknown';
  elsif v_status in ('completed', 'failed', 'cancelled') then
    return 'finished';
  end if;
  perform odyssey.record_run(p_run_id, 'cancelled');
  if exists (
      select from odyssey.leases where run_id = p_run_id and expires_at > clock_timestamp()) then
    return 'cancelling';
  end if;
  perform odyssey.acknowledge(q.msg_id)
  from pgmq.q_stream_sync_jobs as q where q.message ->> 'run_id' = p_run_id::text;
  return 'cancelled';
end $function$;

revoke all on function odyssey.cancel_run(uuid) from public;
