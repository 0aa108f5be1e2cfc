-- Purpose: keeps how long each step of an attempt took. Called after the attempt has ended, apart
--   from its transaction: a timeline that is lost harms nobody.
-- Parameters: p_token, the attempt's; p_steps, [{"step", "begunAt", "millis", "failed"}], at most 100.
-- Returns: how the attempt ended, as odyssey.attempts tells it; NULL where there is no such attempt.
create or replace function odyssey.record_steps(p_token uuid, p_steps jsonb)
  returns text
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $function$
  update odyssey.attempts as a
  set steps = case
    when jsonb_typeof(p_steps) = 'array' and jsonb_array_length(p_steps) <= 100
    then p_steps else a.steps end
  where a.token = p_token
  returning a.outcome;
$function$;

revoke all on function odyssey.record_steps(uuid, jsonb) from public;
