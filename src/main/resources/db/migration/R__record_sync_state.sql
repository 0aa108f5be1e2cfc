-- Purpose: a stream's state after a completed run, in its one row of data_sync_state.
-- Parameters: p_stream_id, whose lease the caller holds, so nobody else writes the row meanwhile;
--   p_result, as complete_run takes it.
create or replace function odyssey.record_sync_state(p_stream_id uuid, p_result jsonb)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_has_tenant boolean := exists (
    select from pg_catalog.pg_attribute as a
    where a.attrelid = 'public.data_sync_state'::regclass
      and a.attname = 'tenant_id' and not a.attisdropped);
begin
  -- No ON CONFLICT: it would need a unique constraint that a team's table may not have.
  if not exists (select from public.data_sync_state as s where s.data_stream_id = p_stream_id) then
    execute format(
      'insert into public.data_sync_state (data_stream_id, sync_status %s)
       select s.id, ''completed'' %s from public.data_streams as s where s.id = $1',
      case when v_has_tenant then ', tenant_id' end,
      case when v_has_tenant then ', s.tenant_id' end) using p_stream_id;
  end if;
  update public.data_sync_state as s
  set last_sync_at = clock_timestamp(),
    last_successful_sync_at = clock_timestamp(),
    total_rows = (p_result ->> 'totalRows')::bigint,
    rows_inserted = (p_result ->> 'inserted')::bigint,
    rows_updated = (p_result ->> 'updated')::bigint,
    rows_deleted = (p_result ->> 'deleted')::bigint,
    last_snapshot_path = p_result ->> 'snapshotPath',
    sync_status = 'completed'
  where s.data_stream_id = p_stream_id;
end $function$;

revoke all on function odyssey.record_sync_state(uuid, jsonb) from public;
