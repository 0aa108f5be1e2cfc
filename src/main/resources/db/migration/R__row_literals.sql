-- Purpose: the lists of an INSERT or UPDATE of a table of the team's, whose columns differ between
--   installations.
-- Parameters: p_table; p_values, by column, of which the table may lack some; p_new, whether the row
--   is a new one, so that columns without a default must have a value.
-- Rows: one: columns and literals, in the table's order, for the columns that have a value; unknown,
--   the columns that must have one and have none, NULL where there is none.
create or replace function odyssey.row_literals(p_table regclass, p_values jsonb, p_new boolean)
  returns table (unknown text, columns text, literals text)
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $function$
  select
    string_agg(a.attname, ', ') filter (where not p_values ? a.attname),
    string_agg(quote_ident(a.attname), ', ' order by a.attnum) filter (where p_values ? a.attname),
    -- Literals without a type: PostgreSQL reads each as the column's own, an enum, say.
    string_agg(quote_nullable(p_values ->> a.attname), ', ' order by a.attnum)
      filter (where p_values ? a.attname)
  from pg_catalog.pg_attribute as a
  where a.attrelid = p_table
    and a.attnum > 0
    and not a.attisdropped
    and a.attidentity = ''
    and a.attgenerated = ''
    and (p_values ? a.attname or (p_new and a.attnotnull and not a.atthasdef));
$function$;

revoke all on function odyssey.row_literals(regclass, jsonb, boolean) from public;
