-- Purpose: takes jobs from the queue by the team's own get_pending_sync_jobs, old or new. Where that
--   function chokes on a malformed message, such messages become dead letters and it is asked again:
--   one of them never blocks the others.
-- Parameters: p_batch_size, the most jobs to take; p_visibility_timeout, seconds for which nobody
--   else sees them.
-- Rows: one for each job taken, in no particular order.
-- Errors: whatever the team's function raises, malformed messages apart.
create or replace function odyssey.claim_jobs(p_batch_size integer, p_visibility_timeout integer)
  returns table (msg_id bigint, stream_id uuid, tenant_id uuid, run_id uuid, trigger_type text,
    stream_name text, queued_at timestamptz)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $function$
begin
  return query select * from odyssey.pending_jobs(p_batch_size, p_visibility_timeout);
exception when data_exception then
  perform odyssey.bury_malformed(q.msg_id, q.message)
  from pgmq.q_stream_sync_jobs as q
  where q.vt <= clock_timestamp();
  return query select * from odyssey.pending_jobs(p_batch_size, p_visibility_timeout);
end $function$;

revoke all on function odyssey.claim_jobs(integer, integer) from public;
