-- A team's three functions as newer installations have them: read_ct and enqueued_at as well,
-- the jobs of streams that are paused left out, finished messages archived.
create function public.get_pending_sync_jobs(
  p_batch_size int default 5, p_visibility_timeout int default 300)
  returns table (msg_id bigint, stream_id uuid, tenant_id uuid, run_id uuid, trigger_type text,
    stream_name text, queued_at timestamptz, read_ct int,
    enqueued_at timestamptz) language plpgsql security definer as $f$
begin
  return query
  select m.msg_id, (m.message ->> 'stream_id')::uuid, (m.message ->> 'tenant_id')::uuid,
    (m.message ->> 'run_id')::uuid, m.message ->> 'trigger_type', s.name::text,
    (m.message ->> 'queued_at')::timestamptz, m.read_ct, m.enqueued_at
  from pgmq.read('stream_sync_jobs', p_visibility_timeout, p_batch_size) as m
    join data_streams as s on s.id = (m.message ->> 'stream_id')::uuid
  where s.status is distinct from 'paused';
end $f$;
create function public.update_sync_run_status(
  p_run_id uuid, p_status text, p_rows_processed bigint default null,
  p_rows_inserted bigint default null, p_rows_updated bigint default null,
  p_rows_deleted bigint default null, p_file_size_bytes bigint default null,
  p_parquet_path text default null, p_error_message text default null,
  p_error_details jsonb default null) returns void language plpgsql security definer as $f$
begin
  update stream_sync_runs set status = p_status::run_state,
    processed = coalesce(p_rows_processed, processed),
    inserted = coalesce(p_rows_inserted, inserted), path = coalesce(p_parquet_path, path),
    problem = p_error_message, problem_details = p_error_details
  where id = p_run_id;
end $f$;
create function public.acknowledge_sync_job(p_msg_id bigint) returns boolean
  language plpgsql security definer as $f$
begin
  return pgmq.archive('stream_sync_jobs', p_msg_id);
end $f$;
