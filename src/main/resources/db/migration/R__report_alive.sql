-- Purpose: a runner's sign of life, for the console; who has been silent for a day is forgotten.
-- Parameters: p_runner, its name; p_started_at; p_places, how many jobs it takes at once;
--   p_under_way, how many it works on.
create or replace function odyssey.report_alive(
  p_runner text, p_started_at timestamptz, p_places integer, p_under_way integer)
  returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $function$
begin
  insert into odyssey.runners as r (name, started_at, seen_at, places, under_way)
  values (left(p_runner, 200), p_started_at, clock_timestamp(), p_places, p_under_way)
  on conflict (name) do update set started_at = excluded.started_at, seen_at = excluded.seen_at,
    places = excluded.places, under_way = excluded.under_way;
  delete from odyssey.runners where seen_at < clock_timestamp() - interval '1 day';
end $function$;

revoke all on function odyssey.report_alive(text, timestamptz, integer, integer) from public;
