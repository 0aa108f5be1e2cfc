-- Purpose: how long each step of an attempt took, for the console. They go with their attempt.
create table odyssey.steps (
  token uuid not null references odyssey.attempts (token) on delete cascade,
  -- In the order in which they began.
  number integer not null,
  step text not null,
  begun_at timestamptz not null,
  millis bigint not null,
  -- True for the one that failed, or was under way when the attempt ended.
  broken_off boolean not null,
  primary key (token, number));
