-- Purpose: the dead letters, newest first.
-- Parameters: p_limit, at most 500; p_before, only those with a smaller message id, to page on.
-- Returns: {"total", "letters": [{"msgId", "runId", "streamId", "streamName", "ageSeconds",
--   "error", "advice", "attempts", "redrivable"}]}; attempts is their number; a malformed message
--   cannot be redriven.
create or replace function odyssey.show_dead_letters(
  p_limit integer default 100, p_before bigint default null)
  returns jsonb
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $function$
begin
  return (
    select jsonb_build_object(
      'total', (select count(*) from pgmq.q_stream_sync_jobs_dlq),
      'letters', coalesce(jsonb_agg(jsonb_build_object(
        'msgId', d.msg_id,
        'runId', odyssey.uuid_or_null(d.message ->> 'run_id'),
        'streamId', odyssey.uuid_or_null(d.message ->> 'stream_id'),
        'streamName', d.message ->> 'stream_name',
        'ageSeconds', extract(epoch from clock_timestamp() - d.enqueued_at),
        'error', d.message ->> 'error',
        'advice', d.message ->> 'advice',
        'attempts', case when jsonb_typeof(d.message -> 'attempts') = 'array'
          then jsonb_array_length(d.message -> 'attempts') else 0 end,
        'redrivable', odyssey.malformation(d.message -> 'message') is null)
        order by d.msg_id desc), '[]'))
    from (
      select * from pgmq.q_stream_sync_jobs_dlq
      where p_before is null or msg_id < p_before
      order by msg_id desc limit least(greatest(p_limit, 1), 500)) as d);
end $function$;

revoke all on function odyssey.show_dead_letters(integer, bigint) from public;
