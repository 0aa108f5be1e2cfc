-- Purpose: what the last completed run of a stream read, so that the next one can tell whether the
--   source has changed at all. Only odyssey.job_definition and odyssey.record_source use it.

create table odyssey.sources (
  stream_id uuid primary key,
  -- As storage gave it; NULL where it gave none.
  etag text,
  sha256 text not null,
  -- Of the stream's definition and of what else the snapshot depends on.
  definition_hash text not null,
  snapshot_path text not null,
  total_rows bigint not null,
  file_size_bytes bigint not null,
  recorded_at timestamptz not null default now());
