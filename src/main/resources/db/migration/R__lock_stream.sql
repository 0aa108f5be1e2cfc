-- Purpose: until the transaction ends, nobody else enqueues or begins a job of this stream.
-- Parameters: p_stream_id.
create or replace function odyssey.lock_stream(p_stream_id uuid)
  returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $function$
  select pg_advisory_xact_lock(hashtextextended('odyssey.stream.' || p_stream_id, 0));
$function$;

revoke all on function odyssey.lock_stream(uuid) from public;
