-- Purpose: what a job needs and the owner of our functions may not do; they act with its rights.
--   Nothing here where it owns the queues and the team's tables too, or is a superuser. Row level
--   security counts that hides every row: no call would fail, and no job ever be found. Reads
--   only catalogs.
-- Rows: as odyssey.missing_pieces.
create or replace function odyssey.missing_privileges()
  returns table (piece text, remedy text)
  language sql stable
  set search_path = pg_catalog, pg_temp
as $function$
  with owner as (
    select r.oid, r.rolname as name, r.rolsuper or r.rolbypassrls as sees_all
    from pg_roles as r
    where r.oid = (
      select p.proowner from pg_proc as p
      where p.pronamespace = 'odyssey'::regnamespace and p.proname = 'claim_jobs'
      limit 1)),
  needed (schema_name, name, privileges) as (values
    ('public', 'data_sources', array['SELECT']),
    ('public', 'data_streams', array['SELECT']),
    ('public', 'data_mappings', array['SELECT']),
    ('public', 'data_schemas', array['SELECT']),
    -- UPDATE is what locking a row takes.
    ('public', 'stream_sync_runs', array['SELECT', 'UPDATE']),
    ('public', 'data_sync_state', array['SELECT', 'INSERT', 'UPDATE']),
    ('public', 'data_models', array['SELECT', 'UPDATE']),
    ('pgmq', 'q_stream_sync_jobs', array['SELECT', 'INSERT', 'UPDATE', 'DELETE']),
    ('pgmq', 'q_stream_sync_jobs_dlq', array['SELECT', 'INSERT', 'UPDATE', 'DELETE']),
    ('pgmq', 'q_model_refresh_jobs', array['SELECT', 'INSERT'])),
  present as (
    select c.oid, c.relowner, c.relrowsecurity, c.relforcerowsecurity, n.privileges,
      format('%I.%I', n.schema_name, n.name) as name
    from needed as n
      join pg_namespace as s on s.nspname = n.schema_name
      join pg_class as c on c.relnamespace = s.oid and c.relname = n.name)

  select format('USAGE on schema %I for role %I', s.nspname, o.name),
    format('Run as the schema''s owner: grant usage on schema %I to %I', s.nspname, o.name)
  from owner as o, pg_namespace as s
  where s.nspname in ('public', 'pgmq') and not has_schema_privilege(o.oid, s.oid, 'USAGE')
  union all
  select format('%s on table %s for role %I', lacking.privileges, t.name, o.name),
    format('Run as the table''s owner: grant %s on %s to %I',
      lower(lacking.privileges), t.name, o.name)
  from owner as o, present as t, lateral (
    select string_agg(p, ', ') as privileges from unnest(t.privileges) as p
    where not case p
      when 'DELETE' then has_table_privilege(o.oid, t.oid, p)
      else has_any_column_privilege(o.oid, t.oid, p) end) as lacking
  where lacking.privileges is not null
  union all
  select format('a row of table %s that role %I may see', t.name, o.name),
    format('Its row level security hides all. Run as the table''s owner: '
      'create policy odyssey on %s to %I using (true)', t.name, o.name)
  from owner as o, present as t
  where t.relrowsecurity
    and not o.sees_all
    and (t.relforcerowsecurity or not pg_has_role(o.oid, t.relowner, 'USAGE'))
    and not exists (
      select from pg_policy as p, unnest(p.polroles) as r
      where p.polrelid = t.oid
        and p.polpermissive
        -- 0 is everybody.
        and case r when 0 then true else pg_has_role(o.oid, r, 'USAGE') end)
  union all
  select format('EXECUTE on %s for role %I', p.oid::regprocedure, o.name),
    format('Run as the function''s owner: grant execute on function %s to %I',
      p.oid::regprocedure, o.name)
  from owner as o, pg_proc as p join pg_namespace as s on s.oid = p.pronamespace
  where (s.nspname = 'public' and p.proname in
        ('get_pending_sync_jobs', 'update_sync_run_status', 'acknowledge_sync_job')
      or s.nspname = 'pgmq' and p.proname in ('send', 'set_vt', 'delete'))
    and not has_function_privilege(o.oid, p.oid, 'EXECUTE');
$function$;

revoke all on function odyssey.missing_privileges() from public;
