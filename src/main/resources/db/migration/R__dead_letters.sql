-- Purpose: the dead letters, as people look at them.
-- Parameters: p_msg_id, one message of stream_sync_jobs_dlq; p_stream_id, those of one stream; both
--   NULL, all.
-- Rows: one a letter, oldest first: what failed and why, what to do; redrivable, false for a message
--   that is no job; message, the original; attempts, an array of {"number", "outcome", "runner",
--   "begun_at", "ended_at", "error"}.
create or replace function odyssey.dead_letters(
  p_msg_id bigint default null, p_stream_id uuid default null)
  returns table (msg_id bigint, dead_lettered_at timestamptz, stream_id text, stream_name text,
    run_id text, error text, advice text, redrivable boolean, message jsonb, attempts jsonb,
    details jsonb)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $function$
begin
  return query
  select q.msg_id, q.enqueued_at, q.message ->> 'stream_id', q.message ->> 'stream_name',
    q.message ->> 'run_id', q.message ->> 'error', q.message ->> 'advice',
    odyssey.malformation(q.message -> 'message') is null,
    q.message -> 'message', q.message -> 'attempts', q.message -> 'details'
  from pgmq.q_stream_sync_jobs_dlq as q
  where (p_msg_id is null or q.msg_id = p_msg_id)
    and (p_stream_id is null or q.message ->> 'stream_id' = p_stream_id::text)
  order by q.msg_id;
end $function$;

revoke all on function odyssey.dead_letters(bigint, uuid) from public;
