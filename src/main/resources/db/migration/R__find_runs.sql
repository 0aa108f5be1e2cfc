-- Purpose: the runs that somebody means who types the beginning of an id.
-- Parameters: p_prefix, one or more characters of a UUID, any case.
-- Rows: at most 10 ids of runs that were begun, wait or are dead letters.
create or replace function odyssey.find_runs(p_prefix text)
  returns setof uuid
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_prefix text := lower(p_prefix);
  v_first uuid := odyssey.uuid_or_null(overlay(
    '00000000-0000-0000-0000-000000000000' placing v_prefix from 1));
  v_last uuid := odyssey.uuid_or_null(overlay(
    'ffffffff-ffff-ffff-ffff-ffffffffffff' placing v_prefix from 1));
begin
  return query
  select a.run_id from odyssey.attempts as a where a.run_id between v_first and v_last
  union
  select odyssey.uuid_or_null(q.message ->> 'run_id') from pgmq.q_stream_sync_jobs as q
  where starts_with(q.message ->> 'run_id', v_prefix)
  union
  select odyssey.uuid_or_null(q.message ->> 'run_id') from pgmq.q_stream_sync_jobs_dlq as q
  where starts_with(q.message ->> 'run_id', v_prefix)
  limit 10;
end $function$;

revoke all on function odyssey.find_runs(text) from public;
