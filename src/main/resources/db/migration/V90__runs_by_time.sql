-- Purpose: the last runs of all streams without looking at every attempt there ever was. Repeatable.
create index if not exists attempts_begun_at_idx on odyssey.attempts (begun_at);
