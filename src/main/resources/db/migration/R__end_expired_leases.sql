-- Purpose: clears away the leases that ran out. A claim that was never begun leaves no trace. An
--   attempt whose runner vanished is recorded as crashed, its run pending. After p_max_crashes
--   crashes, the last of them with nothing else under way on that runner, the job is a dead letter:
--   a job that only happened to run beside another that kills runners is never blamed. To know, a
--   job one crash short of the limit becomes a suspect, which odyssey.next_jobs lets run alone.
-- Parameters: p_runner, who asks, and hence did not crash: its own attempts count as interrupted;
--   p_max_crashes.
create or replace function odyssey.end_expired_leases(p_runner text, p_max_crashes integer)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_lease odyssey.leases;
  v_crashes integer;
  v_alone boolean;
begin
  for v_lease in
    select * from odyssey.leases where expires_at <= clock_timestamp() order by token
    for update skip locked
  loop
    if v_lease.begun_at is null then
      delete from odyssey.leases where token = v_lease.token;
      continue;
    elsif not exists (select from pgmq.q_stream_sync_jobs as q where q.msg_id = v_lease.msg_id) then
      perform odyssey.end_attempt(v_lease.token, 'interrupted', jsonb_build_object(
        'message', 'the message was removed from the queue while this attempt ran'));
      continue;
    elsif odyssey.settle_cancelled(v_lease) then
      continue;
    elsif v_lease.runner = p_runner then
      perform odyssey.end_attempt(v_lease.token, 'interrupted', odyssey.lease_lost());
      perform odyssey.record_run(v_lease.run_id, 'pending');
      continue;
    end if;

    v_alone := not exists (
      select from odyssey.attempts as a
      where a.runner = v_lease.runner and a.outcome in ('running', 'crashed')
        and a.token <> v_lease.token);
    perform odyssey.end_attempt(v_lease.token, 'crashed', jsonb_build_object(
      'message', format('the runner %s vanished while it held this job', v_lease.runner),
      'advice', 'Look at that runner''s last log lines, and at its memory limit.'));
    v_crashes := odyssey.counted_attempts(v_lease.run_id, 'crashed');
    if v_alone and v_crashes >= p_max_crashes then
      perform odyssey.move_to_dead_letters(v_lease.msg_id, v_lease.run_id, jsonb_build_object(
        'message', format('crashed the runner %s times', v_crashes),
        'advice', 'Raise the runner''s memory limit or look into the source file, then redrive.'));
      continue;
    elsif v_crashes >= greatest(p_max_crashes - 1, 1) then
      insert into odyssey.suspects (run_id, since) values (v_lease.run_id, clock_timestamp())
      on conflict do nothing;
    end if;
    perform odyssey.record_run(v_lease.run_id, 'pending');
  end loop;
end $function$;

revoke all on function odyssey.end_expired_leases(text, integer) from public;
