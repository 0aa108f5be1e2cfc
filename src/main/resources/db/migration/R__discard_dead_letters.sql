-- Purpose: gives dead letters up for good. The run stays failed; its attempts stay in
--   odyssey.attempts.
-- Parameters: as odyssey.dead_letters.
-- Rows: the ids of the messages that are gone.
create or replace function odyssey.discard_dead_letters(
  p_msg_id bigint default null, p_stream_id uuid default null)
  returns setof bigint
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $function$
  select l.msg_id from odyssey.dead_letters(p_msg_id, p_stream_id) as l
  where pgmq.delete('stream_sync_jobs_dlq', l.msg_id);
$function$;

revoke all on function odyssey.discard_dead_letters(bigint, uuid) from public;
