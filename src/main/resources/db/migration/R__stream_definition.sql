-- Purpose: a stream's definition for `bin/odyssey preview`, which looks and changes nothing.
-- Parameters: p_stream_id.
-- Returns: as odyssey.job_definition, "stream" null where there is no such stream.
create or replace function odyssey.stream_definition(p_stream_id uuid)
  returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $function$
  select odyssey.job_definition(p_stream_id);
$function$;

revoke all on function odyssey.stream_definition(uuid) from public;
