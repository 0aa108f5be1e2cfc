-- Purpose: puts dead letters back to the queue: run pending, attempts fresh, history kept. A letter
--   that was a malformed message stays: nothing could do it.
-- Parameters: p_msg_id, one message of stream_sync_jobs_dlq; p_stream_id, those of one stream; both
--   NULL, all.
-- Rows: the ids of the runs that wait again.
create or replace function odyssey.redrive(
  p_msg_id bigint default null, p_stream_id uuid default null)
  returns setof uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_letter record;
begin
  for v_letter in
    select q.msg_id, q.message -> 'message' as job,
      odyssey.uuid_or_null(q.message ->> 'run_id') as run_id
    from pgmq.q_stream_sync_jobs_dlq as q
    where (p_msg_id is null or q.msg_id = p_msg_id)
      and (p_stream_id is null or q.message ->> 'stream_id' = p_stream_id::text)
    order by q.msg_id
    for update skip locked
  loop
    continue when odyssey.malformation(v_letter.job) is not null;
    update odyssey.attempts set counted = false where run_id = v_letter.run_id;
    perform odyssey.record_run(v_letter.run_id, 'pending');
    perform pgmq.send('stream_sync_jobs', v_letter.job);
    notify odyssey_stream_sync_jobs;
    perform pgmq.delete('stream_sync_jobs_dlq', v_letter.msg_id);
    return next v_letter.run_id;
  end loop;
end $function$;

revoke all on function odyssey.redrive(bigint, uuid) from public;
