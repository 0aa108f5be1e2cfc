-- Purpose: whether a run's transform died in an earlier attempt too. Once may be the machine's fault;
--   twice is the file's, and trying on would only cost more processes.
-- Parameters: p_run_id; p_error, of the attempt that ends now, {"message", "advice", "details"}.
-- Returns: true where both attempts failed with details.kind transform-died; attempts before a
--   redrive do not count.
create or replace function odyssey.died_before(p_run_id uuid, p_error jsonb)
  returns boolean
  language sql stable
  set search_path = pg_catalog, pg_temp
as $function$
  select coalesce(p_error #>> '{details,kind}' = 'transform-died', false)
    and exists (
      select from odyssey.attempts as a
      where a.run_id = p_run_id
        and a.counted
        and a.outcome <> 'running'
        and a.error #>> '{details,kind}' = 'transform-died');
$function$;

revoke all on function odyssey.died_before(uuid, jsonb) from public;
