-- Purpose: tell a team's contract functions from ours, so that a later migration may replace ours
--   and never theirs.

-- Parameters: p_name, of a function in schema public.
-- Returns: true where such a function exists that this project did not make.
create function odyssey.is_theirs(p_name text) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp
as $function$
  select exists (
    select from pg_catalog.pg_proc as p
    where p.pronamespace = 'public'::regnamespace
      and p.proname = p_name
      and obj_description(p.oid, 'pg_proc') is distinct from 'Made by Odyssey Runner');
$function$;

-- Marks a function in schema public as ours and closes it to everybody but its owner: PostgREST's
-- roles get EXECUTE on new functions by default on Supabase.
create function odyssey.make_ours(p_function regprocedure) returns void
  language plpgsql set search_path = pg_catalog, pg_temp
as $function$
declare
  v_role name;
begin
  execute format('comment on function %s is %L', p_function, 'Made by Odyssey Runner');
  execute format('revoke all on function %s from public', p_function);
  for v_role in select rolname from pg_catalog.pg_roles where rolname in ('anon', 'authenticated')
  loop
    execute format('revoke all on function %s from %I', p_function, v_role);
  end loop;
end $function$;

revoke all on function odyssey.is_theirs(text), odyssey.make_ours(regprocedure) from public;
