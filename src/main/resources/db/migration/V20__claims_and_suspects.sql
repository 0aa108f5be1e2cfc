-- Purpose: a lease begins with the claim, so that a job which waits in a runner keeps its place
--   too; a run that may have crashed its runner is known, so that no other job pays for it.

alter table odyssey.leases
  drop constraint leases_token_fkey,
  add column tenant_id uuid,
  add column runner text,
  -- NULL while the job is claimed and its attempt has not begun.
  alter column begun_at drop not null;
create index on odyssey.leases (runner);
create index on odyssey.attempts (runner) where outcome in ('running', 'crashed');

-- One row for every run that crashed so often that the next crash decides: it runs alone.
create table odyssey.suspects (
  run_id uuid primary key,
  since timestamptz not null);

-- Their arguments changed.
drop function if exists odyssey.claim_jobs(integer, integer);
drop function if exists odyssey.begin_attempt(bigint, uuid, uuid, integer, text, integer);
