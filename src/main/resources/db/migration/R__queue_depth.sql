-- Purpose: how much work there is, for an autoscaler: the jobs that could run now and those that do.
--   A job that waits for its next attempt counts only when its delay is over.
-- Returns: the number of jobs.
create or replace function odyssey.queue_depth()
  returns bigint
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $function$
  select
    (select count(*) from pgmq.q_stream_sync_jobs as q where q.vt <= clock_timestamp())
    + (select count(*) from odyssey.leases as l where l.expires_at > clock_timestamp());
$function$;

revoke all on function odyssey.queue_depth() from public;
