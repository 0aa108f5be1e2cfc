-- Purpose: how often a run's lease ran out although its runner lived, since it was last given up. No
--   attempt is counted for it, mostly the database was away; but a run to which nothing else happens
--   would go on for ever.
-- Parameters: p_run_id.
create or replace function odyssey.lost_leases(p_run_id uuid)
  returns integer
  language sql stable
  set search_path = pg_catalog, pg_temp
as $function$
  select count(*)::integer
  from odyssey.attempts as a
  where a.run_id = p_run_id
    and a.outcome = 'interrupted'
    and a.error #>> '{details,kind}' = 'lease-lost'
    and a.begun_at > coalesce((
      select max(d.begun_at) from odyssey.attempts as d
      where d.run_id = p_run_id and d.outcome = 'dead-lettered'), '-infinity');
$function$;

revoke all on function odyssey.lost_leases(uuid) from public;
