-- Purpose: remembers how far a pass over the bucket came.
-- Parameters: p_after_key, the last key it looked at; '' where it came to the end.
create or replace function odyssey.end_housekeeping(p_after_key text)
  returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $function$
  update odyssey.housekeeping set after_key = p_after_key;
$function$;

revoke all on function odyssey.end_housekeeping(text) from public;
