-- Purpose: reads an id from a message that anybody may have written.
-- Parameters: p_text, what should be a UUID.
-- Returns: the UUID; NULL where the text is none.
create or replace function odyssey.uuid_or_null(p_text text)
  returns uuid
  language sql immutable
  set search_path = pg_catalog, pg_temp
as $function$
  select case
    when p_text ~ '^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$' then p_text::uuid
  end;
$function$;

revoke all on function odyssey.uuid_or_null(text) from public;
