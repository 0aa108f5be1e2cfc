-- Purpose: what the console shows of the past: the counts and the steps of every attempt, and which
--   runners are alive. Repeatable.
alter table odyssey.attempts
  -- As complete_run got it; NULL where the attempt did not complete.
  add column if not exists result jsonb,
  -- [{"step", "begunAt", "millis", "failed"}], in the order in which they began.
  add column if not exists steps jsonb;
create index if not exists attempts_ended_at_idx on odyssey.attempts (ended_at);

-- One row for every runner that reported within a day.
create table if not exists odyssey.runners (
  name text primary key,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  places integer not null,
  under_way integer not null);
