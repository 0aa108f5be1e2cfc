-- Purpose: no two attempts of a run write the same object. A runner that stood still in the middle of
--   an upload may end it long after another attempt published: then under a key of its own.

-- 1 for the run's first attempt, whatever became of it. NULL for those before this column was.
alter table odyssey.attempts add column if not exists ordinal integer;
