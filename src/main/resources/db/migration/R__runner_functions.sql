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
      and p.proname in (
        'begin_attempt',
        'begin_housekeeping',
        'cancel_run',
        'claim_jobs',
        'complete_run',
        'dead_letter_run',
        'dead_letters',
        'discard_dead_letters',
        'end_housekeeping',
        'enqueue_sync',
        'find_runs',
        'forget_history',
        'interrupt_run',
        'missing_pieces',
        'missing_privileges',
        'queue_depth',
        'queue_state',
        'redrive',
        'removable_objects',
        'renew_leases',
        'report_alive',
        'report_stopped',
        'retry_run',
        'runner_functions',
        'show_dead_letter',
        'show_dead_letters',
        'show_overview',
        'show_run',
        'show_runs',
        'show_stream',
        'show_streams',
        'stream_definition',
        'stream_status')
    or p.pronamespace = 'public'::regnamespace and p.proname = 'get_pending_sync_jobs';
$function$;

revoke all on function odyssey.runner_functions() from public;
