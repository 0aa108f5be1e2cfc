-- Purpose: takes jobs from the queue and gives each a lease. How many is decided by the team's own
--   get_pending_sync_jobs, old or new; which, by odyssey.next_jobs: what the team's function takes
--   beside that is visible again at once, and another that next_jobs named comes in its place. What
--   the team's function holds back stays back. A message that it chokes on, or that is no job,
--   never blocks the others.
-- Parameters: p_batch_size, the most jobs to take; p_visibility_timeout, seconds for which a lease
--   holds without renewal; p_runner, which replica asks; p_max_per_tenant, how many jobs of one
--   tenant may be under way on all replicas, 0 for any number; p_max_crashes, see
--   odyssey.end_expired_leases; p_held, the tokens that the runner knows: a lease of its own that
--   it does not know, for the answer was lost, is given back; NULL where it does not say.
-- Rows: one for each job taken, the one to begin first at the top; token names the lease.
-- Errors: whatever the team's function raises, unreadable messages apart.
create or replace function odyssey.claim_jobs(
  p_batch_size integer, p_visibility_timeout integer, p_runner text default null,
  p_max_per_tenant integer default 0, p_max_crashes integer default 3,
  p_held uuid[] default null)
  returns table (token uuid, msg_id bigint, stream_id uuid, tenant_id uuid, run_id uuid,
    trigger_type text, stream_name text, queued_at timestamptz)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_wanted bigint[];
  v_taken bigint[];
  v_spare bigint[];
  v_job record;
begin
  -- Claims take turns: what next_jobs sees of the leases stays true until this one commits.
  perform pg_advisory_xact_lock(hashtextextended('odyssey.claim_jobs', 0));
  perform odyssey.end_expired_leases(p_runner, p_max_crashes);
  perform odyssey.give_back(l.token)
  from odyssey.leases as l
  where l.runner = p_runner and l.begun_at is null and l.token <> all (p_held);

  -- Materialized: else every message in the queue would be looked at before the few are picked.
  with next as materialized (
    select n.turn, q.msg_id, q.message
    from odyssey.next_jobs(p_batch_size, p_visibility_timeout, p_runner, p_max_per_tenant) as n
      join pgmq.q_stream_sync_jobs as q using (msg_id))
  select array_agg(n.msg_id order by n.turn) into v_wanted
  from next as n
  where not odyssey.bury_malformed(n.msg_id, n.message);
  if v_wanted is null then
    return;
  end if;
  begin
    select coalesce(array_agg(p.msg_id), '{}') into v_taken
    from odyssey.pending_jobs(cardinality(v_wanted), p_visibility_timeout) as p;
  exception when data_exception then
    v_taken := v_wanted;
  end;
  v_spare := array(select t from unnest(v_taken) as t where t <> all (v_wanted));
  perform pgmq.set_vt('stream_sync_jobs', s, 0) from unnest(v_spare) as s;

  for v_job in
    select m.msg_id, m.message, m.vt, m.enqueued_at
    from (
        select u.msg_id, u.place, u.msg_id = any (v_taken) as taken,
          count(*) filter (where u.msg_id <> all (v_taken)) over (order by u.place) as nth_other
        from unnest(v_wanted) with ordinality as u (msg_id, place)) as w,
      lateral pgmq.set_vt('stream_sync_jobs', w.msg_id, p_visibility_timeout) as m
    where w.taken or w.nth_other <= cardinality(v_spare)
    order by w.place
  loop
    msg_id := v_job.msg_id;
    run_id := v_job.message ->> 'run_id';
    if odyssey.run_status(run_id) in ('completed', 'cancelled') then
      perform odyssey.acknowledge(msg_id);
      continue;
    end if;
    token := gen_random_uuid();
    stream_id := v_job.message ->> 'stream_id';
    tenant_id := v_job.message ->> 'tenant_id';
    trigger_type := v_job.message ->> 'trigger_type';
    stream_name := v_job.message ->> 'stream_name';
    queued_at := v_job.enqueued_at;
    insert into odyssey.leases as l (token, msg_id, run_id, stream_id, tenant_id, runner, expires_at)
    values (token, msg_id, run_id, stream_id, tenant_id, p_runner, v_job.vt);
    insert into odyssey.tenant_turns (tenant_id, claimed_at)
    values (tenant_id, clock_timestamp())
    on conflict on constraint tenant_turns_pkey do update set claimed_at = excluded.claimed_at;
    return next;
  end loop;
end $function$;

revoke all on function odyssey.claim_jobs(integer, integer, text, integer, integer, uuid[])
  from public;
