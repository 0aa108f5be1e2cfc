-- Purpose: the state of a run that the caller is about to change, locked, so that a person who
--   cancels it by hand at the same moment is neither overlooked nor overwritten.
-- Parameters, returns: as odyssey.run_status.
create or replace function odyssey.locked_run_status(p_run_id uuid)
  returns text
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_status text;
begin
  select r.status::text into v_status from public.stream_sync_runs as r where r.id = p_run_id
  for no key update;
  return v_status;
end $function$;

revoke all on function odyssey.locked_run_status(uuid) from public;
