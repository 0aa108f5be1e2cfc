-- Purpose: a runner that stopped in an orderly way is not missed: the console forgets it.
-- Parameters: p_runner, its name, as report_alive was told it.
create or replace function odyssey.report_stopped(p_runner text)
  returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $function$
  delete from odyssey.runners where name = left(p_runner, 200);
$function$;

revoke all on function odyssey.report_stopped(text) from public;
