-- Purpose: remembers what a completed run read, and forgets what the one before did.
-- Parameters: p_stream_id; p_result, as complete_run takes it, "source" in it {"etag", "sha256",
--   "definitionHash"}. Without one nothing is remembered, so that the next run reads everything.
create or replace function odyssey.record_source(p_stream_id uuid, p_result jsonb)
  returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $function$
  delete from odyssey.sources where stream_id = p_stream_id;
  insert into odyssey.sources (stream_id, etag, sha256, definition_hash, snapshot_path, total_rows,
    file_size_bytes)
  select p_stream_id, p_result #>> '{source,etag}', p_result #>> '{source,sha256}',
    p_result #>> '{source,definitionHash}', p_result ->> 'snapshotPath',
    (p_result ->> 'totalRows')::bigint, (p_result ->> 'fileSizeBytes')::bigint
  where p_result #>> '{source,sha256}' is not null
    and p_result #>> '{source,definitionHash}' is not null;
$function$;

revoke all on function odyssey.record_source(uuid, jsonb) from public;
