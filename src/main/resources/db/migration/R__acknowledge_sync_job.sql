-- Purpose: the contract's acknowledgement, only where the database has none; a team's own is never
--   replaced. Removes a message from stream_sync_jobs.
-- Parameters: p_msg_id.
-- Returns: true where the message was there.
do $install$
begin
  if odyssey.is_theirs('acknowledge_sync_job') then
    return;
  end if;

  create or replace function public.acknowledge_sync_job(p_msg_id bigint)
    returns boolean
    language sql security definer
    set search_path = pg_catalog, pg_temp
  as $function$
    select pgmq.delete('stream_sync_jobs', p_msg_id);
  $function$;

  perform odyssey.make_ours('public.acknowledge_sync_job(bigint)');
end $install$;
