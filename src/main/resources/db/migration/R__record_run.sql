-- Purpose: records a run by the team's own update_sync_run_status, the only way to change a run.
--   The search path is the one that their function has under their own API, for its body may name
--   tables without a schema.
-- Parameters: p_run_id; p_status, one of pending, processing, completed, failed, cancelled;
--   p_result, counts and path as complete_run takes them, or NULL; p_error, {"message", "advice",
--   "details"} or NULL.
-- Errors: whatever the team's function raises.
create or replace function odyssey.record_run(
  p_run_id uuid, p_status text, p_result jsonb default null, p_error jsonb default null)
  returns void
  language plpgsql
  set search_path = public, extensions, pg_temp
as $function$
begin
  if p_result is not null then
    perform public.update_sync_run_status(
      p_run_id => p_run_id,
      p_status => p_status,
      p_rows_processed => (p_result ->> 'processed')::bigint,
      p_rows_inserted => (p_result ->> 'inserted')::bigint,
      p_rows_updated => (p_result ->> 'updated')::bigint,
      p_rows_deleted => (p_result ->> 'deleted')::bigint,
      p_file_size_bytes => (p_result ->> 'fileSizeBytes')::bigint,
      p_parquet_path => p_result ->> 'snapshotPath',
      p_error_details => nullif(p_result -> 'details', 'null'));
  elsif p_error is not null then
    perform public.update_sync_run_status(
      p_run_id => p_run_id,
      p_status => p_status,
      p_error_message => p_error ->> 'message',
      p_error_details => odyssey.error_details(p_error));
  else
    perform public.update_sync_run_status(p_run_id => p_run_id, p_status => p_status);
  end if;
end $function$;

revoke all on function odyssey.record_run(uuid, text, jsonb, jsonb) from public;
