-- Purpose: a function that a migration added or made anew has no grants: every role that runs jobs
--   gets what it needs.
do $grant$
declare
  v_role name;
begin
  for v_role in
    select r.rolname
    from pg_catalog.pg_namespace as n,
      pg_catalog.aclexplode(n.nspacl) as a
      join pg_catalog.pg_roles as r on r.oid = a.grantee
    where n.nspname = 'odyssey' and a.privilege_type = 'USAGE' and a.grantee <> n.nspowner
  loop
    perform odyssey.grant_runner(v_role);
  end loop;
end $grant$;
