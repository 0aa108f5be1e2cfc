-- Purpose: the column of stream_sync_runs that says whose run it is; its name differs between
--   installations.
-- Returns: the column with a foreign key to data_streams, else data_stream_id, else stream_id.
-- Errors: undefined_column where there is none of these.
create or replace function odyssey.run_stream_column()
  returns name
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_column name;
begin
  select a.attname into v_column
  from pg_catalog.pg_attribute as a
  where a.attrelid = 'public.stream_sync_runs'::regclass
    and a.attnum > 0
    and not a.attisdropped
    and (a.attname in ('data_stream_id', 'stream_id')
      or exists (
        select from pg_catalog.pg_constraint as c
        where c.contype = 'f'
          and c.conrelid = a.attrelid
          and c.confrelid = 'public.data_streams'::regclass
          and c.conkey = array[a.attnum]))
  order by
    exists (
      select from pg_catalog.pg_constraint as c
      where c.contype = 'f'
        and c.conrelid = a.attrelid
        and c.confrelid = 'public.data_streams'::regclass
        and c.conkey = array[a.attnum]) desc,
    a.attname
  limit 1;
  if v_column is null then
    raise exception 'public.stream_sync_runs has no column for its stream'
      using errcode = 'undefined_column',
        hint = 'Add a foreign key to data_streams, or a column data_stream_id or stream_id.';
  end if;
  return v_column;
end $function$;

revoke all on function odyssey.run_stream_column() from public;
