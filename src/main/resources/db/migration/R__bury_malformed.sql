-- Purpose: keeps a message that is no job from being tried again and again.
-- Parameters: p_msg_id, in stream_sync_jobs; p_message, its content.
-- Returns: false where the message names a stream, a tenant and a run; else true, and the message
--   is in the dead letters with the reason.
create or replace function odyssey.bury_malformed(p_msg_id bigint, p_message jsonb)
  returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_wrong text;
begin
  select string_agg(format('%s is %s', field, coalesce(quote_literal(p_message ->> field), 'missing')),
      ', ' order by field)
    into v_wrong
  from unnest(array['stream_id', 'tenant_id', 'run_id']) as field
  where odyssey.uuid_or_null(p_message ->> field) is null;
  if v_wrong is null then
    return false;
  end if;

  perform odyssey.move_to_dead_letters(
    p_msg_id,
    odyssey.uuid_or_null(p_message ->> 'run_id'),
    jsonb_build_object(
      'message', 'malformed message: ' || v_wrong,
      'advice', 'Send jobs with odyssey.enqueue_sync, which fills in every field.'));
  return true;
end $function$;

revoke all on function odyssey.bury_malformed(bigint, jsonb) from public;
