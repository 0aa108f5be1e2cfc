-- Purpose: what a run's error_details says about a failure.
-- Parameters: p_error, {"message", "advice", "details"}; details may be any JSON or absent.
-- Returns: the details as an object, with the advice beside them.
create or replace function odyssey.error_details(p_error jsonb)
  returns jsonb
  language sql immutable
  set search_path = pg_catalog, pg_temp
as $function$
  select case jsonb_typeof(coalesce(p_error -> 'details', 'null'))
      when 'object' then p_error -> 'details'
      when 'null' then '{}'
      else jsonb_build_object('details', p_error -> 'details')
    end
    || jsonb_strip_nulls(jsonb_build_object('advice', p_error -> 'advice'));
$function$;

revoke all on function odyssey.error_details(jsonb) from public;
