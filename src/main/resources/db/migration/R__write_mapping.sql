-- Purpose: writes a stream's row of data_mappings, although its other columns differ between
--   installations.
-- Parameters: p_stream, which exists; p_id, of the row to change, NULL for a new one; p_mappings.
-- Errors: not_null_violation naming the columns that must have a value and that only the team knows
--   how to fill.
create or replace function odyssey.write_mapping(p_stream uuid, p_id text, p_mappings jsonb)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_values jsonb := jsonb_build_object(
    'data_stream_id', p_stream,
    'field_mappings', p_mappings,
    'updated_at', clock_timestamp());
  v_unknown text;
  v_columns text;
  v_literals text;
begin
  if p_id is null then
    v_values := v_values || jsonb_build_object('id', gen_random_uuid(), 'tenant_id', (
      select s.tenant_id from public.data_streams as s where s.id = p_stream));
  end if;
  select r.unknown, r.columns, r.literals into v_unknown, v_columns, v_literals
  from odyssey.row_literals('public.data_mappings', v_values, p_id is null) as r;

  if v_unknown is not null then
    raise exception 'cannot insert mappings: column % of public.data_mappings must have a value',
        v_unknown
      using errcode = 'not_null_violation', hint = 'Give the column a default, or insert a row.';
  end if;
  execute case when p_id is null
    then format('insert into public.data_mappings (%s) values (%s)', v_columns, v_literals)
    else format('update public.data_mappings set (%s) = row(%s) where id::text = %L',
      v_columns, v_literals, p_id) end;
end $function$;

revoke all on function odyssey.write_mapping(uuid, text, jsonb) from public;
