-- Purpose: replaces a stream's mappings, for the command line and the web page. Jobs that begin from
--   now on have the new ones; whether they fit the source is for `bin/odyssey mapping` to ask before.
--   No part of what a runner needs: odyssey.grant_editor grants it.
-- Parameters: p_stream; p_mappings, [{"source"?, "target", "transform"?}], [] for none; p_expected,
--   changes nothing unless the mappings are still these, NULL for whatever they are.
-- Returns: the mappings before, [] where there were none.
-- Errors: no_data_found for an unknown stream; invalid_parameter_value for what are no mappings;
--   serialization_failure where they are not p_expected; not_null_violation naming the columns of
--   data_mappings that only the team knows how to fill.
create or replace function odyssey.set_mapping(
  p_stream uuid, p_mappings jsonb, p_expected jsonb default null)
  returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_problem text := odyssey.mapping_problem(p_mappings);
  v_id text;
  v_before jsonb;
begin
  if v_problem is not null then
    raise exception 'these are no mappings: %', v_problem
      using errcode = 'invalid_parameter_value',
        hint = 'A mapping is {"source": "Column", "target": "column", "transform": "optional"}.';
  end if;
  if not exists (select from public.data_streams as s where s.id = p_stream) then
    raise exception 'there is no stream %', coalesce(p_stream::text, 'NULL')
      using errcode = 'no_data_found', hint = 'data_streams has no row with this id.';
  end if;

  -- So that of two people who change them at once the second sees what the first did.
  perform odyssey.lock_stream(p_stream);
  select m.id::text, m.field_mappings into v_id, v_before
  from public.data_mappings as m
  where m.data_stream_id = p_stream
  order by to_jsonb(m) ->> 'updated_at' desc nulls last, m.id
  limit 1;
  if p_expected is not null and coalesce(v_before, '[]') is distinct from p_expected then
    raise exception 'somebody else has changed the mappings meanwhile'
      using errcode = 'serialization_failure', hint = 'Look at them again, then change them.';
  end if;
  perform odyssey.write_mapping(p_stream, v_id, p_mappings);
  return coalesce(v_before, '[]');
end $function$;

revoke all on function odyssey.set_mapping(uuid, jsonb, jsonb) from public;
