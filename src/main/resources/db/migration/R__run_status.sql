-- Purpose: the state of a run as the team's table tells it; somebody may have set it by hand.
-- Parameters: p_run_id.
-- Returns: pending, processing, completed, failed or cancelled; NULL where there is no such run.
create or replace function odyssey.run_status(p_run_id uuid)
  returns text
  language sql stable
  set search_path = pg_catalog, pg_temp
as $function$
  select r.status::text from public.stream_sync_runs as r where r.id = p_run_id;
$function$;

revoke all on function odyssey.run_status(uuid) from public;
