-- Purpose: an attempt in one line of a list.
-- Parameters: p_attempt.
-- Returns: {"runId", "streamId", "attempt", "begunAt", "endedAt", "seconds", "outcome",
--   "counts": {"processed", "inserted", "updated", "deleted", "unchanged", "rejected",
--   "skipped", "totalRows", "fileSizeBytes"}, "error"}; counts are null where the attempt did not
--   complete; skipped: the source had not changed.
create or replace function odyssey.show_attempt_summary(p_attempt odyssey.attempts)
  returns jsonb
  language sql stable
  set search_path = pg_catalog, pg_temp
as $function$
  select jsonb_build_object(
    'runId', p_attempt.run_id,
    'streamId', p_attempt.stream_id,
    'attempt', coalesce(p_attempt.ordinal, p_attempt.number),
    'begunAt', p_attempt.begun_at,
    'endedAt', p_attempt.ended_at,
    'seconds', extract(epoch from coalesce(p_attempt.ended_at, clock_timestamp()) - p_attempt.begun_at),
    'outcome', p_attempt.outcome,
    'counts', p_attempt.result - 'details' - 'snapshotPath' - 'source' || jsonb_build_object(
      'unchanged', p_attempt.result #> '{details,unchanged}',
      'rejected', p_attempt.result #> '{details,rejected}',
      'skipped', p_attempt.result #>> '{details,skipped}' is not null),
    'error', p_attempt.error ->> 'message');
$function$;

revoke all on function odyssey.show_attempt_summary(odyssey.attempts) from public;
