-- Purpose: what the console shows of the past: the counts of every attempt, and which runners are
--   alive. Repeatable.

-- As complete_run got it; NULL where the attempt did not complete.
alter table odyssey.attempts add column if not exists result jsonb;
create index if not exists attempts_ended_at_idx on odyssey.attempts (ended_at);

-- One row for every runner that reported within a day.
create table if not exists odyssey.runners (
  name text primary key,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  places integer not null,
  under_way integer not null);
