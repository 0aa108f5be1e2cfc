-- Purpose: which waiting jobs come next. Tenants take turns: the next job is of the tenant with the
--   fewest under way, of several the one whose last claim is longest ago. A stream that runs waits, and so does
--   a tenant at its limit. A suspect runs alone: a runner with nothing under way takes it first,
--   one with work leaves it to others, unless it has waited a whole visibility timeout: then no
--   runner takes anything else until one is free for it.
-- Parameters: as odyssey.claim_jobs, whose turn keeps the answer true.
-- Rows: at most p_batch_size, by turn. Of a very long queue the first 5000 visible messages are
--   looked at. A message that is no job has a turn too, to be buried.
create or replace function odyssey.next_jobs(
  p_batch_size integer, p_visibility_timeout integer, p_runner text, p_max_per_tenant integer)
  returns table (turn bigint, msg_id bigint)
  language plpgsql rows 5
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_now timestamptz := clock_timestamp();
  v_busy boolean := exists (select from odyssey.leases as l where l.runner = p_runner);
  v_one_alone boolean := exists (
    select from odyssey.leases as l join odyssey.suspects as s using (run_id)
    where l.runner = p_runner);
  v_next record;
begin
  if v_one_alone then
    return;
  end if;
  turn := 0;
  for v_next in
    with visible as materialized (
      select q.msg_id, lower(q.message ->> 'run_id') as run_id,
        coalesce(lower(q.message ->> 'stream_id'), 'message ' || q.msg_id) as stream_id,
        lower(q.message ->> 'tenant_id') as tenant_id
      from pgmq.q_stream_sync_jobs as q
      where q.vt <= v_now
      order by q.msg_id
      limit 5000),
    ready as (
      select distinct on (v.stream_id) v.msg_id, v.tenant_id, s.since as suspect_since
      from visible as v
        left join odyssey.suspects as s on s.run_id::text = v.run_id
      where not exists (select from odyssey.leases as l where l.stream_id::text = v.stream_id)
        and not exists (select from odyssey.leases as l where l.msg_id = v.msg_id)
      order by v.stream_id, v.msg_id),
    under_way as (
      select l.tenant_id::text as tenant_id, count(*) as jobs from odyssey.leases as l group by 1),
    ranked as (
      select r.msg_id, r.suspect_since, t.claimed_at,
        coalesce(u.jobs, 0) + row_number() over (partition by r.tenant_id order by r.msg_id) as nth
      from ready as r
        left join under_way as u using (tenant_id)
        left join odyssey.tenant_turns as t on t.tenant_id::text = r.tenant_id)
    select r.msg_id, r.suspect_since from ranked as r
    where p_max_per_tenant = 0 or r.nth <= p_max_per_tenant
    order by r.suspect_since, r.nth, r.claimed_at nulls first, r.msg_id
  loop
    exit when turn >= p_batch_size;
    if v_next.suspect_since is null then
      turn := turn + 1;
      msg_id := v_next.msg_id;
      return next;
    elsif not v_busy then
      turn := 1;
      msg_id := v_next.msg_id;
      return next;
      return;
    elsif v_next.suspect_since + make_interval(secs => p_visibility_timeout) < v_now then
      return;
    end if;
  end loop;
end $function$;

revoke all on function odyssey.next_jobs(integer, integer, text, integer) from public;
