-- Purpose: how many attempts of a run have been used up since it was enqueued or redriven.
-- Parameters: p_run_id; p_outcome, NULL for all that count.
-- Returns: the number; interruptions never count.
create or replace function odyssey.counted_attempts(p_run_id uuid, p_outcome text default null)
  returns integer
  language sql stable
  set search_path = pg_catalog, pg_temp
as $function$
  select count(*)::integer from odyssey.attempts as a
  where a.run_id = p_run_id
    and a.counted
    and a.outcome <> 'running'
    and (p_outcome is null or a.outcome = p_outcome);
$function$;

revoke all on function odyssey.counted_attempts(uuid, text) from public;
