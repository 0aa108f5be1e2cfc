-- Purpose: ends an attempt: its outcome goes into the history, its lease is given up. A run that
--   came to an end other than a crash or an interruption is no suspect any more.
-- Parameters: p_token, whose lease the caller has locked; p_outcome, as odyssey.attempts allows;
--   p_error, {"message", "advice", "details", "steps"} or NULL; steps as odyssey.record_steps takes
--   them, else those that the lease's progress last told.
create or replace function odyssey.end_attempt(
  p_token uuid, p_outcome text, p_error jsonb default null)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $function$
begin
  delete from odyssey.suspects as s using odyssey.leases as l
  where p_outcome not in ('crashed', 'interrupted') and l.token = p_token and s.run_id = l.run_id;
  perform odyssey.record_steps(
    p_token, coalesce(p_error -> 'steps', l.progress -> 'steps'), p_outcome = 'completed')
  from odyssey.leases as l where l.token = p_token;
  delete from odyssey.leases where token = p_token;
  update odyssey.attempts
  set outcome = p_outcome,
    ended_at = clock_timestamp(),
    counted = p_outcome <> 'interrupted',
    error = p_error - 'steps'
  where token = p_token;
end $function$;

revoke all on function odyssey.end_attempt(uuid, text, jsonb) from public;
