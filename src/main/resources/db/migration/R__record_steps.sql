-- Purpose: keeps how long each step of an attempt took. Called where the attempt ends, by that
--   transaction; what it cannot read is left out, so that it never fails one.
-- Parameters: p_token, the attempt's; p_steps, [{"step", "begunAt", "millis", "brokenOff"}] or NULL, times
--   in milliseconds, millis absent where the step is still under way; p_completed, whether the attempt is.
create or replace function odyssey.record_steps(p_token uuid, p_steps jsonb, p_completed boolean)
  returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $function$
  insert into odyssey.steps (token, number, step, begun_at, millis, broken_off)
  select p_token, s.number, left(s.step, 100), to_timestamp(s.begun / 1000),
    coalesce(s.millis, greatest(extract(epoch from clock_timestamp()) * 1000 - s.begun, 0))::bigint,
    not p_completed and (s.millis is null or s.broken_off)
  from (
    select e.number, e.told ->> 'step' as step,
      odyssey.millis_or_null(e.told -> 'begunAt') as begun,
      odyssey.millis_or_null(e.told -> 'millis') as millis,
      e.told -> 'brokenOff' is not distinct from 'true' as broken_off
    from jsonb_array_elements(
        case when jsonb_typeof(p_steps) = 'array' then p_steps else '[]' end)
      with ordinality as e (told, number)
    where e.number <= 100) as s
  where s.step is not null and s.begun is not null
  on conflict do nothing;
$function$;

revoke all on function odyssey.record_steps(uuid, jsonb, boolean) from public;
