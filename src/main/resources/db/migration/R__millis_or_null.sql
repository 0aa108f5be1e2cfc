-- Purpose: reads milliseconds, of a time or since 1970, that somebody else wrote.
-- Parameters: p_told, any JSON or NULL.
-- Returns: NULL for what is no number of milliseconds between 0 and the year 9999.
create or replace function odyssey.millis_or_null(p_told jsonb)
  returns numeric
  language sql immutable
  set search_path = pg_catalog, pg_temp
as $function$
  select case when jsonb_typeof(p_told) = 'number' and p_told between '0' and '253370764800000'
    then (p_told #>> '{}')::numeric end;
$function$;

revoke all on function odyssey.millis_or_null(jsonb) from public;
