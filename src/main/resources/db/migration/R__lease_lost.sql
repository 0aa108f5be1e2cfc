-- Purpose: what the history says of an attempt whose lease ran out although its runner lives.
-- Returns: an error, {"message", "advice", "details"}, by whose kind odyssey.lost_leases counts.
create or replace function odyssey.lease_lost()
  returns jsonb
  language sql immutable
  set search_path = pg_catalog, pg_temp
as $function$
  select jsonb_build_object(
    'message', 'the lease ran out before it could be renewed',
    'advice', 'Look at the runner''s log: the database was away, or refused the renewal.',
    'details', jsonb_build_object('kind', 'lease-lost'));
$function$;

revoke all on function odyssey.lease_lost() from public;
