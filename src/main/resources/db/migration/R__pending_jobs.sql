-- Purpose: calls the team's get_pending_sync_jobs with the search path that it has under their own
--   API, and keeps the seven columns that every version of it returns.
-- Parameters, rows, errors: as odyssey.claim_jobs.
create or replace function odyssey.pending_jobs(p_batch_size integer, p_visibility_timeout integer)
  returns table (msg_id bigint, stream_id uuid, tenant_id uuid, run_id uuid, trigger_type text,
    stream_name text, queued_at timestamptz)
  language plpgsql
  set search_path = public, extensions, pg_temp
as $function$
begin
  return query
    select j.msg_id, j.stream_id, j.tenant_id, j.run_id, j.trigger_type::text,
      j.stream_name::text, j.queued_at::timestamptz
    from public.get_pending_sync_jobs(
      p_batch_size => p_batch_size, p_visibility_timeout => p_visibility_timeout) as j;
end $function$;

revoke all on function odyssey.pending_jobs(integer, integer) from public;
