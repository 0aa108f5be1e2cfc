-- Purpose: lets a login role change mappings, beside all that a runner may. For an administrator;
--   runs with the caller's rights. Repeatable.
-- Parameters: p_role, an existing role.
-- Errors: as odyssey.grant_runner.
create or replace function odyssey.grant_editor(p_role name)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $function$
begin
  perform odyssey.grant_runner(p_role);
  execute format(
    'grant execute on function odyssey.set_mapping(uuid, jsonb, jsonb) to %I', p_role);
end $function$;

revoke all on function odyssey.grant_editor(name) from public;
