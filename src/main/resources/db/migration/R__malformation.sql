-- Purpose: tells whether a message is a job.
-- Parameters: p_message, what anybody may have sent.
-- Returns: NULL where it names a stream, a tenant and a run; else what is wrong with it.
create or replace function odyssey.malformation(p_message jsonb)
  returns text
  language plpgsql immutable
  set search_path = pg_catalog, pg_temp
as $function$
begin
  return (
    select 'malformed message: ' || string_agg(
      format('%s is %s', field, coalesce(quote_literal(left(p_message ->> field, 80)), 'missing')),
      ', ' order by field)
    from unnest(array['stream_id', 'tenant_id', 'run_id']) as field
    where odyssey.uuid_or_null(p_message ->> field) is null);
end $function$;

revoke all on function odyssey.malformation(jsonb) from public;
