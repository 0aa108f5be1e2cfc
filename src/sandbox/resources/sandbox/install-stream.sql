-- Purpose: a sample stream with its source and mappings. Repeatable.
-- Parameters: 1, the definition as samples/*.json.
with given as (
  select ?::jsonb as parts),
definition as (
  select parts -> 'source' as source, parts -> 'stream' as stream, parts from given),
installed_source as (
  insert into public.data_sources (id, tenant_id, name, type, config)
  select (source ->> 'id')::uuid, (stream ->> 'tenantId')::uuid, source ->> 'name',
    source ->> 'type', source -> 'config'
  from definition
  on conflict (id) do update set name = excluded.name, type = excluded.type,
    config = excluded.config),
installed_source_schema as (
  insert into public.data_schemas (data_source_id, schema)
  select (source ->> 'id')::uuid, parts -> 'sourceSchema'
  from definition
  where parts -> 'sourceSchema' is not null
  on conflict (data_source_id) do update set schema = excluded.schema),
installed_stream as (
  insert into public.data_streams (id, tenant_id, name, schema, source_data_source_id,
    primary_key, sync_mode, cursor_field)
  select (stream ->> 'id')::uuid, (stream ->> 'tenantId')::uuid, stream ->> 'name',
    stream -> 'schema', (source ->> 'id')::uuid,
    array(select jsonb_array_elements_text(stream -> 'primaryKey')),
    stream ->> 'syncMode', stream ->> 'cursorField'
  from definition
  on conflict (id) do update set name = excluded.name, schema = excluded.schema,
    primary_key = excluded.primary_key, sync_mode = excluded.sync_mode,
    cursor_field = excluded.cursor_field)
insert into public.data_mappings (id, data_stream_id, field_mappings)
select (stream ->> 'id')::uuid, (stream ->> 'id')::uuid, parts -> 'fieldMappings'
from definition
where parts -> 'fieldMappings' is not null
on conflict (id) do update set field_mappings = excluded.field_mappings;
