-- Purpose: keeps a message that is no job from being tried again and again.
-- Parameters: p_msg_id, in stream_sync_jobs; p_message, its content.
-- Returns: false where the message names a stream, a tenant and a run; else true, and the message
--   is in the dead letters with the reason.
create or replace function odyssey.bury_malformed(p_msg_id bigint, p_message jsonb)
  returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $function$
begin
  if odyssey.malformation(p_message) is null then
    return false;
  end if;

  perform odyssey.move_to_dead_letters(
    p_msg_id,
    odyssey.uuid_or_null(p_message ->> 'run_id'),
    jsonb_build_object(
      'message', odyssey.malformation(p_message),
      'advice', 'Send jobs with odyssey.enqueue_sync, which fills in every field.'));
  return true;
end $function$;

revoke all on function odyssey.bury_malformed(bigint, jsonb) from public;
