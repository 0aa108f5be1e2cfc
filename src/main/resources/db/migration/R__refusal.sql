-- Purpose: how begin_attempt says no.
-- Parameters: p_reason, one of those that begin_attempt lists.
-- Returns: {"granted": false, "reason"}.
create or replace function odyssey.refusal(p_reason text)
  returns jsonb
  language sql immutable
  set search_path = pg_catalog, pg_temp
as $function$
  select jsonb_build_object('granted', false, 'reason', p_reason);
$function$;

revoke all on function odyssey.refusal(text) from public;
