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
  select p_token, s.number, left(s.told ->> 'step', 100), s.begun_at,
    coalesce(
      case when jsonb_typeof(s.told -> 'millis') = 'number' then (s.told ->> 'millis')::numeric end,
      greatest(extract(epoch from clock_timestamp() - s.begun_at) * 1000, 0))::bigint,
    not p_completed and (s.told -> 'millis' is null or s.told -> 'brokenOff' = 'true')
  from (
    select e.number, e.told, to_timestamp((e.told ->> 'begunAt')::numeric / 1000) as begun_at
    from jsonb_array_elements(
        case when jsonb_typeof(p_steps) = 'array' then p_steps else '[]' end)
      with ordinality as e (told, number)
    where jsonb_typeof(e.told -> 'begunAt') = 'number' and e.told ->> 'step' is not null
      and e.number <= 100) as s
  on conflict do nothing;
$function$;

revoke all on function odyssey.record_steps(uuid, jsonb, boolean) from public;
