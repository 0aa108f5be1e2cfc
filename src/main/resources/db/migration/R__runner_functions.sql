-- Purpose: the functions that a runner and its command line call; the one list that grants and
--   checks share. All others of schema odyssey are for these alone.
-- Rows: one a function, whatever its arguments.
create or replace function odyssey.runner_functions()
  returns setof regprocedure
  language sql stable
  set search_path = pg_catalog, pg_temp
as $function$
  select p.oid::regprocedure
  from pg_catalog.pg_proc as p
  where p.pronamespace = 'odyssey'::regnamespace
      and p.proname in ('claim_jobs', 'begin_attempt', 'renew_leases', 'complete_run', 'retry_run',
        'interrupt_run', 'dead_letter_run', 'enqueue_sync', 'cancel_run', 'redrive',
        'dead_letters', 'discard_dead_letters', 'begin_housekeeping', 'end_housekeeping',
        'removable_objects', 'stream_status', 'queue_depth', 'missing_pieces', 'runner_functions',
        'report_alive', 'show_overview', 'show_streams', 'show_stream',
        'show_run', 'show_dead_letters', 'show_dead_letter')
    or p.pronamespace = 'public'::regnamespace and p.proname = 'get_pending_sync_jobs';
$function$;

revoke all on function odyssey.runner_functions() from public;
