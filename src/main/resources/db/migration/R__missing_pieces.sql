-- Purpose: what of the database contract is not there, or not for the role that asks. Reads only
--   catalogs, with the caller's rights, so that it answers for a role that may do nothing else.
-- Rows: one a piece, with what to do about it; none when all is well.
create or replace function odyssey.missing_pieces()
  returns table (piece text, remedy text)
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $function$
begin
  return query
  with contract_function (name, arguments) as (values
    ('get_pending_sync_jobs', array['p_batch_size', 'p_visibility_timeout']),
    ('acknowledge_sync_job', array['p_msg_id']),
    ('update_sync_run_status', array['p_run_id', 'p_status', 'p_rows_processed', 'p_rows_inserted',
      'p_rows_updated', 'p_rows_deleted', 'p_file_size_bytes', 'p_parquet_path',
      'p_error_message', 'p_error_details'])),
  contract_table (schema_name, name, columns) as (values
    ('public', 'data_sources', array['id', 'tenant_id', 'name', 'type', 'config']),
    ('public', 'data_streams', array['id', 'tenant_id', 'name', 'schema', 'source_data_source_id',
      'primary_key', 'sync_mode', 'cursor_field']),
    ('public', 'data_mappings', array['id', 'data_stream_id', 'field_mappings']),
    ('public', 'data_schemas', array['data_source_id', 'schema']),
    ('public', 'stream_sync_runs', array['id', 'status']),
    ('public', 'data_sync_state', array['data_stream_id', 'last_sync_at', 'last_successful_sync_at',
      'total_rows', 'rows_inserted', 'rows_updated', 'rows_deleted', 'last_snapshot_path',
      'sync_status']),
    ('public', 'data_models', array['id', 'tenant_id', 'model_kind', 'source_stream_id',
      'source_models', 'parquet_path', 'row_count', 'file_size_bytes', 'last_materialized_at']),
    ('pgmq', 'q_stream_sync_jobs', array['msg_id', 'vt', 'message']),
    ('pgmq', 'q_stream_sync_jobs_dlq', array['msg_id', 'message'])),
  present_table as (
    select t.schema_name, t.name, t.columns, c.oid
    from contract_table as t
      left join pg_catalog.pg_namespace as n on n.nspname = t.schema_name
      left join pg_catalog.pg_class as c on c.relnamespace = n.oid and c.relname = t.name)

  select format('function public.%s(%s)', f.name, array_to_string(f.arguments, ', ')),
    case when exists (
        select from pg_catalog.pg_proc as p
        where p.pronamespace = 'public'::regnamespace and p.proname = f.name)
      then 'Give public.' || f.name || ' these argument names; a team''s function is never replaced.'
      else 'Run: bin/odyssey migrate' end
  from contract_function as f
  where not exists (
    select from pg_catalog.pg_proc as p
    where p.pronamespace = 'public'::regnamespace
      and p.proname = f.name
      and coalesce(p.proargnames, '{}') @> f.arguments)
  union all
  select format('table %s.%s', t.schema_name, t.name),
    case t.schema_name when 'pgmq'
      then format('Run: select pgmq.create(%L)', substr(t.name, 3))
      else 'Run: bin/odyssey migrate' end
  from present_table as t
  where t.oid is null
  union all
  select format('column %s.%s.%s', t.schema_name, t.name, required),
    'Add the column; a team''s table is never altered.'
  from present_table as t, unnest(t.columns) as required
  where t.oid is not null
    and not exists (
      select from pg_catalog.pg_attribute as a
      where a.attrelid = t.oid and a.attname = required and not a.attisdropped)
  union all
  select 'a database that takes changes', 'This server is a read-only standby, or is set to be: '
    'point DATABASE_URL at the primary.'
  where current_setting('transaction_read_only')::boolean
  union all
  select format('EXECUTE on %s for role %I', f, current_user),
    format('Run as an administrator: select odyssey.grant_runner(%L)', current_user)
  from odyssey.runner_functions() as f
  where not has_function_privilege(f, 'EXECUTE')
  union all
  select p.piece, p.remedy from odyssey.missing_privileges() as p;
end $function$;

revoke all on function odyssey.missing_pieces() from public;
