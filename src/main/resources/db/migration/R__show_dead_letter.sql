-- Purpose: one dead letter with all that is known of it.
-- Parameters: p_msg_id, in stream_sync_jobs_dlq.
-- Returns: {"msgId", "ageSeconds", "redrivable", "letter"}; letter is the whole message as
--   move_to_dead_letters wrote it; NULL where there is none.
create or replace function odyssey.show_dead_letter(p_msg_id bigint)
  returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $function$
  select jsonb_build_object(
    'msgId', d.msg_id,
    'ageSeconds', extract(epoch from clock_timestamp() - d.enqueued_at),
    'redrivable', odyssey.malformation(d.message -> 'message') is null,
    'letter', d.message)
  from pgmq.q_stream_sync_jobs_dlq as d
  where d.msg_id = p_msg_id;
$function$;

revoke all on function odyssey.show_dead_letter(bigint) from public;
