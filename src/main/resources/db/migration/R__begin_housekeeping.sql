-- Purpose: lets one runner at a time begin a pass over the bucket. No lock is held: a pass that is
--   slower than the interval may overlap the next, and both only remove what is removable.
-- Parameters: p_interval_seconds, since the last pass began.
-- Returns: the key after which to list ('' for the beginning); NULL where it is too early.
create or replace function odyssey.begin_housekeeping(p_interval_seconds integer)
  returns text
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $function$
  update odyssey.housekeeping
  set begun_at = clock_timestamp()
  where begun_at <= clock_timestamp() - make_interval(secs => p_interval_seconds)
  returning after_key;
$function$;

revoke all on function odyssey.begin_housekeeping(integer) from public;
