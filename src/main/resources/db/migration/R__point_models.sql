-- Purpose: switches a stream's base models to its new snapshot, and asks for a refresh of the
--   derived models that read them. Models that point there already are left alone. The message is the one that today's workers send each other.
-- Parameters: p_stream_id; p_result, as complete_run takes it.
create or replace function odyssey.point_models(p_stream_id uuid, p_result jsonb)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_base uuid[];
begin
  with pointed as (
    update public.data_models as m
    set parquet_path = p_result ->> 'snapshotPath',
      row_count = (p_result ->> 'totalRows')::bigint,
      file_size_bytes = (p_result ->> 'fileSizeBytes')::bigint,
      last_materialized_at = clock_timestamp()
    where m.model_kind = 'base' and m.source_stream_id = p_stream_id
      and m.parquet_path is distinct from p_result ->> 'snapshotPath'
    returning m.id)
  select array_agg(p.id) into v_base from pointed as p;

  if v_base is null or to_regclass('pgmq.q_model_refresh_jobs') is null then
    return;
  end if;
  perform pgmq.send('model_refresh_jobs', jsonb_build_object(
    'model_id', d.id,
    'tenant_id', d.tenant_id,
    'triggered_by', (select b from unnest(v_base) as b where b = any (d.source_models) limit 1),
    'trigger_type', 'cascade'))
  from public.data_models as d
  where d.model_kind = 'derived' and d.source_models && v_base;
end $function$;

revoke all on function odyssey.point_models(uuid, jsonb) from public;
