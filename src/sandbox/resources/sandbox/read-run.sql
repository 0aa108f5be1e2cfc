-- Purpose: how far a run is, for people who look at the sandbox.
-- Parameters: 1, the run's id.
select id, status, rows_processed, rows_inserted, rows_updated, rows_deleted, file_size_bytes,
  parquet_path, error_message, error_details,
  (extract(epoch from completed_at - created_at) * 1000)::bigint as took_millis
from public.stream_sync_runs
where id = ?;
