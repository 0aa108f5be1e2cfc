-- Purpose: the runner's login, which may call the runner's functions, change mappings, and nothing
--   else. Repeatable.
do $create$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'odyssey_runner') then
    create role odyssey_runner login;
  end if;
  perform odyssey.grant_editor('odyssey_runner');
end $create$;
