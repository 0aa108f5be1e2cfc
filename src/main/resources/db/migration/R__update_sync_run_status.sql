-- Purpose: the contract's record of a run, only where the database has none; a team's own is never
--   replaced. What is left out keeps its value; a completed run has no error.
-- Parameters: p_run_id; p_status, one of pending, processing, completed, failed, cancelled; the
--   counts, the snapshot's object key and the error, each NULL to leave it as it is.
do $install$
begin
  if odyssey.is_theirs('update_sync_run_status') then
    return;
  end if;

  create or replace function public.update_sync_run_status(
    p_run_id uuid,
    p_status text,
    p_rows_processed bigint default null,
    p_rows_inserted bigint default null,
    p_rows_updated bigint default null,
    p_rows_deleted bigint default null,
    p_file_size_bytes bigint default null,
    p_parquet_path text default null,
    p_error_message text default null,
    p_error_details jsonb default null)
    returns void
    language sql security definer
    set search_path = pg_catalog, pg_temp
  as $function$
    update public.stream_sync_runs as r
    set status = p_status,
      rows_processed = coalesce(p_rows_processed, r.rows_processed),
      rows_inserted = coalesce(p_rows_inserted, r.rows_inserted),
      rows_updated = coalesce(p_rows_updated, r.rows_updated),
      rows_deleted = coalesce(p_rows_deleted, r.rows_deleted),
      file_size_bytes = coalesce(p_file_size_bytes, r.file_size_bytes),
      parquet_path = coalesce(p_parquet_path, r.parquet_path),
      error_message = case
        when p_status = 'completed' then p_error_message
        else coalesce(p_error_message, r.error_message) end,
      error_details = case
        when p_status = 'completed' then p_error_details
        else coalesce(p_error_details, r.error_details) end,
      started_at = case
        when p_status = 'processing' then clock_timestamp() else r.started_at end,
      completed_at = case
        when p_status in ('completed', 'failed', 'cancelled') then clock_timestamp() end
    where r.id = p_run_id;
  $function$;

  perform odyssey.make_ours('public.update_sync_run_status('
    'uuid, text, bigint, bigint, bigint, bigint, bigint, text, text, jsonb)');
end $install$;
