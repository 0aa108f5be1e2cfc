-- Purpose: the contract's claim, only where the database has none; a team's own is never replaced.
--   A message that names no stream, tenant or run goes to the dead letters at once, so that it
--   cannot block those behind it.
-- Parameters: p_batch_size, the most messages to take; p_visibility_timeout, seconds for which
--   nobody else sees them.
-- Rows: one for each message taken; read_ct counts how often it was.
do $install$
begin
  if odyssey.is_theirs('get_pending_sync_jobs') then
    return;
  end if;

  create or replace function public.get_pending_sync_jobs(
    p_batch_size integer default 5, p_visibility_timeout integer default 300)
    returns table (msg_id bigint, stream_id uuid, tenant_id uuid, run_id uuid, trigger_type text,
      stream_name text, queued_at timestamptz, read_ct integer, enqueued_at timestamptz)
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
  as $function$
  declare
    v_taken record;
  begin
    for v_taken in
      select * from pgmq.read('stream_sync_jobs', p_visibility_timeout, p_batch_size)
    loop
      continue when odyssey.bury_malformed(v_taken.msg_id, v_taken.message);
      msg_id := v_taken.msg_id;
      stream_id := v_taken.message ->> 'stream_id';
      tenant_id := v_taken.message ->> 'tenant_id';
      run_id := v_taken.message ->> 'run_id';
      trigger_type := v_taken.message ->> 'trigger_type';
      stream_name := v_taken.message ->> 'stream_name';
      -- A message is queued when it is sent; its own word for that time may not even be a time.
      queued_at := v_taken.enqueued_at;
      read_ct := v_taken.read_ct;
      enqueued_at := v_taken.enqueued_at;
      return next;
    end loop;
  end $function$;

  perform odyssey.make_ours('public.get_pending_sync_jobs(integer, integer)');
end $install$;
