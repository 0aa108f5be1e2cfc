-- Purpose: takes a finished message off the queue by the team's own acknowledge_sync_job.
-- Parameters: p_msg_id.
-- Errors: no_data_found where the message is not in the queue any more; the caller's transaction
--   then changes nothing.
create or replace function odyssey.acknowledge(p_msg_id bigint)
  returns void
  language plpgsql
  set search_path = public, extensions, pg_temp
as $function$
begin
  if public.acknowledge_sync_job(p_msg_id => p_msg_id) is not true then
    raise exception 'message % of stream_sync_jobs could not be acknowledged', p_msg_id
      using errcode = 'no_data_found',
        hint = 'Something else removed it from the queue while this job held its lease.';
  end if;
end $function$;

revoke all on function odyssey.acknowledge(bigint) from public;
