-- Purpose: the row of a new run, pending, although the columns of stream_sync_runs differ between
--   installations.
-- Parameters: p_message, the job's message; its run_id is the row's id.
-- Errors: not_null_violation naming the columns that must have a value and that only the team knows
--   how to fill; whatever the team's constraints say to a value (a trigger type, say).
create or replace function odyssey.insert_run(p_message jsonb)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_values jsonb := p_message || jsonb_build_object(
    'id', p_message -> 'run_id',
    'status', 'pending',
    odyssey.run_stream_column(), p_message -> 'stream_id');
  v_unknown text;
  v_columns text;
  v_literals text;
begin
  select r.unknown, r.columns, r.literals into v_unknown, v_columns, v_literals
  from odyssey.row_literals('public.stream_sync_runs', v_values, true) as r;

  if v_unknown is not null then
    raise exception 'cannot insert a run: column % of public.stream_sync_runs must have a value',
        v_unknown
      using errcode = 'not_null_violation',
        hint = 'Give the column a default, or insert the run and send its message to '
          'stream_sync_jobs with a function of your own.';
  end if;
  execute format('insert into public.stream_sync_runs (%s) values (%s)', v_columns, v_literals);
end $function$;

revoke all on function odyssey.insert_run(jsonb) from public;
