-- Purpose: what housekeeping must know to remove old objects and never a needed one.

-- One row for every snapshot that was ever pointed to, as long as its objects are kept.
create table odyssey.snapshots (
  path text primary key,
  stream_id uuid not null,
  run_id uuid not null,
  published_at timestamptz not null);
create index on odyssey.snapshots (stream_id, published_at);
create index on odyssey.snapshots (run_id);

-- When a runner last began a pass over the bucket, and after which key the next one goes on.
create table odyssey.housekeeping (
  single boolean primary key default true check (single),
  begun_at timestamptz not null,
  after_key text not null);
insert into odyssey.housekeeping (begun_at, after_key) values ('-infinity', '');

-- The streams' present snapshots, for databases where runs were completed before this table was.
insert into odyssey.snapshots (path, stream_id, run_id, published_at)
select s.last_snapshot_path, s.data_stream_id, a.run_id, max(a.ended_at)
from public.data_sync_state as s
  join odyssey.attempts as a on a.stream_id = s.data_stream_id
    and a.outcome = 'completed'
    and strpos(s.last_snapshot_path, a.run_id::text) > 0
group by 1, 2, 3;
