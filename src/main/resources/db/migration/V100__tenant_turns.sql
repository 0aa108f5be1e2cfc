-- Purpose: tenants take turns also where there are more of them than places: with the fewest jobs under
--   way and the oldest message alone, the tenants at the head of the queue would take every place.
create table odyssey.tenant_turns (
  tenant_id uuid primary key,
  claimed_at timestamptz not null);
