-- Purpose: lets a login role run jobs: EXECUTE on what a runner calls, and nothing else. For an
--   administrator; runs with the caller's rights. Repeatable.
-- Parameters: p_role, an existing role.
-- Errors: undefined_object for an unknown role; insufficient_privilege where the caller may not
--   grant.
create or replace function odyssey.grant_runner(p_role name)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_function regprocedure;
begin
  execute format('grant usage on schema odyssey to %I', p_role);
  for v_function in select f from odyssey.runner_functions() as f loop
    if not has_function_privilege(p_role, v_function, 'EXECUTE') then
      execute format('grant execute on function %s to %I', v_function, p_role);
    end if;
  end loop;
end $function$;

revoke all on function odyssey.grant_runner(name) from public;
