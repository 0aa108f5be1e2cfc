-- Purpose: remembers a snapshot that is pointed to from now on, for housekeeping.
-- Parameters: p_stream_id; p_run_id, of the attempt that completes; p_path, the snapshot's. A run
--   that found its source unchanged names an older run's, which is remembered already.
create or replace function odyssey.record_snapshot(p_stream_id uuid, p_run_id uuid, p_path text)
  returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $function$
  insert into odyssey.snapshots (path, stream_id, run_id, published_at)
  select p_path, p_stream_id, p_run_id, clock_timestamp()
  where p_path is not null
  on conflict (path) do nothing;
$function$;

revoke all on function odyssey.record_snapshot(uuid, uuid, text) from public;
