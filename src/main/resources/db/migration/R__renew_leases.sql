-- Purpose: keeps the leases of all jobs that a runner holds, in one call.
-- Parameters: p_tokens, the attempts'; p_visibility_timeout, seconds from now for which they hold;
--   p_progress, an object keyed by token, what each has to tell, or NULL.
-- Rows: one for every token: held, false where the lease has expired, was taken over, or the
--   message is gone; cancel, true where somebody cancelled the run.
create or replace function odyssey.renew_leases(
  p_tokens uuid[], p_visibility_timeout integer, p_progress jsonb default null)
  returns table (token uuid, held boolean, cancel boolean)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $function$
declare
  v_lease odyssey.leases;
  v_ending boolean;
  v_until timestamptz;
begin
  -- In one order for everybody, so that two runners never wait for each other.
  for token in select distinct t from unnest(p_tokens) as t order by t loop
    -- A locked row is a lease that is just being ended. It holds until that is done, and the
    -- renewal of the others does not wait for it.
    select * into v_lease from odyssey.leases as l where l.token = renew_leases.token
    for update skip locked;
    v_ending := not found;
    if v_ending then
      select * into v_lease from odyssey.leases as l where l.token = renew_leases.token;
    end if;
    held := coalesce(v_lease.expires_at > clock_timestamp(), false);
    if held and not v_ending then
      -- The lease ends when the message is visible again, not a moment before or after.
      select m.vt into v_until
      from pgmq.set_vt('stream_sync_jobs', v_lease.msg_id, p_visibility_timeout) as m;
      held := found;
      update odyssey.leases as l
      set expires_at = v_until, progress = coalesce(p_progress -> v_lease.token::text, l.progress)
      where held and l.token = v_lease.token;
    end if;
    cancel := held and odyssey.run_status(v_lease.run_id) is not distinct from 'cancelled';
    return next;
  end loop;
end $function$;

revoke all on function odyssey.renew_leases(uuid[], integer, jsonb) from public;
