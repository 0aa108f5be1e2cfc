-- Purpose: tells whether a JSON is a list of mappings, as far as that can be told without the source.
-- Parameters: p_mappings.
-- Returns: what is wrong with it, as a clause; NULL where nothing is.
create or replace function odyssey.mapping_problem(p_mappings jsonb)
  returns text
  language plpgsql immutable
  set search_path = pg_catalog, pg_temp
as $function$
begin
  if jsonb_typeof(p_mappings) is distinct from 'array' then
    return 'not a list';
  elsif jsonb_array_length(p_mappings) > 10000 or octet_length(p_mappings::text) > 4000000 then
    return 'too long a list';
  end if;
  return (
    select format('number %s has no target, neither source nor transform, or one that is no text: %s',
      m.number, left(m.mapping::text, 200))
    from jsonb_array_elements(p_mappings) with ordinality as m (mapping, number)
    where not coalesce(
      jsonb_typeof(m.mapping -> 'target') = 'string'
      and btrim(m.mapping ->> 'target') <> ''
      and coalesce(jsonb_typeof(m.mapping -> 'source'), 'null') in ('string', 'null')
      and coalesce(jsonb_typeof(m.mapping -> 'transform'), 'null') in ('string', 'null')
      and btrim(concat(m.mapping ->> 'source', m.mapping ->> 'transform')) <> '', false)
    order by m.number
    limit 1);
end $function$;

revoke all on function odyssey.mapping_problem(jsonb) from public;
