-- Purpose: tells a call whose first answer was lost from one that comes too late.
-- Parameters: p_token, the attempt's; p_outcome, as odyssey.attempts has it.
-- Returns: true where the attempt ended just so.
create or replace function odyssey.ended_as(p_token uuid, p_outcome text)
  returns boolean
  language sql stable
  set search_path = pg_catalog, pg_temp
as $function$
  select exists (
    select from odyssey.attempts as a where a.token = p_token and a.outcome = p_outcome);
$function$;

revoke all on function odyssey.ended_as(uuid, text) from public;
