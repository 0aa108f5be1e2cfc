-- Purpose: numbers a run's attempts, counted or not, so that no two write the same object.
-- Parameters: p_run_id, whose stream the caller has locked.
-- Returns: 1 for its first attempt.
create or replace function odyssey.next_ordinal(p_run_id uuid)
  returns integer
  language sql stable
  set search_path = pg_catalog, pg_temp
as $function$
  select greatest(coalesce(max(a.ordinal), 0), count(*)::integer) + 1
  from odyssey.attempts as a where a.run_id = p_run_id;
$function$;

revoke all on function odyssey.next_ordinal(uuid) from public;
