-- Purpose: asks pg_cron to enqueue a sync of a stream again and again; a second call changes the
--   schedule. For an administrator: runs with the caller's rights, and so does what pg_cron does.
-- Parameters: p_stream_id; p_schedule, as pg_cron takes it: '*/15 * * * *', in GMT unless cron.timezone
--   says otherwise.
-- Returns: pg_cron's number of the job.
-- Errors: undefined_object where pg_cron is not in this database; no_data_found for an unknown
--   stream; what pg_cron says of a wrong schedule.
create or replace function odyssey.schedule_sync(p_stream_id uuid, p_schedule text)
  returns bigint
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_job bigint;
begin
  perform odyssey.require_pg_cron();
  if not exists (select from public.data_streams as s where s.id = p_stream_id) then
    raise exception 'there is no stream %', coalesce(p_stream_id::text, 'NULL')
      using errcode = 'no_data_found', hint = 'data_streams has no row with this id.';
  end if;
  execute 'select cron.schedule($1, $2, $3)' into v_job using
    'odyssey sync ' || p_stream_id,
    p_schedule,
    format('select odyssey.enqueue_sync(%L, %L)', p_stream_id, 'scheduled');
  return v_job;
end $function$;

-- Purpose: ends what odyssey.schedule_sync began.
-- Parameters: p_stream_id, which need not exist any more.
-- Returns: false where there was no schedule.
create or replace function odyssey.unschedule_sync(p_stream_id uuid)
  returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_was boolean;
begin
  perform odyssey.require_pg_cron();
  execute 'select count(cron.unschedule(j.jobid)) > 0 from cron.job as j where j.jobname = $1'
    into v_was using 'odyssey sync ' || p_stream_id;
  return v_was;
end $function$;

create or replace function odyssey.require_pg_cron()
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $function$
begin
  if to_regnamespace('cron') is null then
    raise exception 'the extension pg_cron is not in database %', current_database()
      using errcode = 'undefined_object',
        hint = 'create extension pg_cron; or call odyssey.enqueue_sync from another scheduler.';
  end if;
end $function$;

revoke all on function odyssey.schedule_sync(uuid, text), odyssey.unschedule_sync(uuid),
  odyssey.require_pg_cron() from public;
