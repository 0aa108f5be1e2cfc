-- Purpose: how much work lies before the runners, for people and for metrics.
-- Returns: {"waiting", "delayed", "oldestSeconds", "running", "deadLetters"}: messages that no
--   live attempt has; those of them that are not to be claimed yet; the age of the oldest that is,
--   0 where there is none; live attempts; dead letters.
create or replace function odyssey.queue_state()
  returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $function$
  with live as (
    select l.msg_id from odyssey.leases as l
    where l.expires_at > clock_timestamp() and l.begun_at is not null)
  select jsonb_build_object(
    'waiting', count(*),
    'delayed', count(*) filter (where q.vt > clock_timestamp()),
    'oldestSeconds', coalesce(round(extract(epoch from clock_timestamp()
      - min(q.enqueued_at) filter (where q.vt <= clock_timestamp()))), 0),
    'running', (select count(*) from live),
    'deadLetters', (select count(*) from pgmq.q_stream_sync_jobs_dlq))
  from pgmq.q_stream_sync_jobs as q
  where not exists (select from live where live.msg_id = q.msg_id);
$function$;

revoke all on function odyssey.queue_state() from public;
