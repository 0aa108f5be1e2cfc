-- Purpose: everything a job needs to know of its stream, as one JSON.
-- Parameters: p_stream_id.
-- Returns: {"stream", "source", "fieldMappings", "sourceSchema", "lastSource"}, each null where the
--   database has none. Of several mappings the one changed last counts, where the table says when
--   that was. lastSource is what the last completed run read, see record_source.
create or replace function odyssey.job_definition(p_stream_id uuid)
  returns jsonb
  language sql stable
  set search_path = pg_catalog, pg_temp
as $function$
  select jsonb_build_object(
    'stream', case when s.id is not null then jsonb_build_object(
      'id', s.id, 'tenantId', s.tenant_id, 'name', s.name, 'schema', s.schema,
      'primaryKey', s.primary_key, 'syncMode', s.sync_mode, 'cursorField', s.cursor_field,
      'schemaPolicy', to_jsonb(s) ->> 'schema_policy') end,
    'source', case when d.id is not null then jsonb_build_object(
      'id', d.id, 'name', d.name, 'type', d.type, 'config', d.config) end,
    'fieldMappings', (
      select m.field_mappings from public.data_mappings as m
      where m.data_stream_id = s.id
      order by to_jsonb(m) ->> 'updated_at' desc nulls last, m.id
      limit 1),
    'sourceSchema', (
      select c.schema from public.data_schemas as c where c.data_source_id = d.id limit 1),
    'lastSource', (
      select jsonb_build_object(
        'etag', l.etag, 'sha256', l.sha256, 'definitionHash', l.definition_hash,
        'snapshotPath', l.snapshot_path, 'totalRows', l.total_rows,
        'fileSizeBytes', l.file_size_bytes)
      from odyssey.sources as l where l.stream_id = s.id))
  from (select p_stream_id as id) as asked
    left join public.data_streams as s on s.id = asked.id
    left join public.data_sources as d on d.id = s.source_data_source_id;
$function$;

revoke all on function odyssey.job_definition(uuid) from public;
