-- Purpose: what Odyssey Runner itself remembers: every attempt, and the leases that are live now.
--   Only the functions of schema odyssey read or write these tables.

-- One row for every attempt that ever began; the history that a dead letter carries.
create table odyssey.attempts (
  token uuid primary key,
  run_id uuid not null,
  msg_id bigint not null,
  stream_id uuid not null,
  number integer not null,
  runner text,
  begun_at timestamptz not null,
  ended_at timestamptz,
  outcome text not null default 'running' check (outcome in
    ('running', 'completed', 'retried', 'interrupted', 'crashed', 'dead-lettered', 'cancelled')),
  -- False for an interruption, and for all attempts before a redrive.
  counted boolean not null default true,
  error jsonb);
create index on odyssey.attempts (run_id, begun_at);
create index on odyssey.attempts (stream_id, begun_at);

-- One row for every attempt that holds its job. The two unique constraints are the promise: one
-- attempt a message, one attempt a stream. A lease past expires_at belongs to nobody.
create table odyssey.leases (
  token uuid primary key references odyssey.attempts (token),
  msg_id bigint not null unique,
  run_id uuid not null,
  stream_id uuid not null unique,
  begun_at timestamptz not null,
  expires_at timestamptz not null,
  progress jsonb);
