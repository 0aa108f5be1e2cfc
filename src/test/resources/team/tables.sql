-- A team's database as it was before Odyssey Runner: its tables, names of its own where the contract
-- leaves them open, a queue with a job in it.
create table public.tenants (id uuid primary key);
create table public.data_sources (
  id uuid primary key default gen_random_uuid(), tenant_id uuid not null references tenants,
  name text not null, type text not null, config jsonb, vault_secret_id uuid);
create table public.data_streams (
  id uuid primary key default gen_random_uuid(), tenant_id uuid not null references tenants,
  name varchar(200) not null, schema jsonb, source_data_source_id uuid references data_sources,
  primary_key text[], sync_mode text, cursor_field text, status text, direction text,
  colour text);
create table public.data_mappings (
  id uuid primary key default gen_random_uuid(), data_stream_id uuid references data_streams,
  field_mappings jsonb);
create table public.data_schemas (
  data_source_id uuid primary key references data_sources, schema jsonb);
create type public.run_state as enum ('pending', 'processing', 'completed', 'failed', 'cancelled');
create table public.stream_sync_runs (
  id uuid primary key, for_stream uuid not null references data_streams,
  tenant_id uuid not null, status run_state not null, processed bigint, inserted bigint,
  path text, problem text, problem_details jsonb, created timestamptz not null default now());
create table public.data_sync_state (
  data_stream_id uuid primary key references data_streams, tenant_id uuid not null,
  last_sync_at timestamptz, last_successful_sync_at timestamptz, total_rows bigint,
  rows_inserted bigint, rows_updated bigint, rows_deleted bigint, last_snapshot_path text,
  sync_status text);
create table public.data_models (
  id uuid primary key default gen_random_uuid(), tenant_id uuid not null, name text,
  model_kind text, source_stream_id uuid, source_models uuid[], query_definition jsonb,
  parquet_path text, row_count bigint, file_size_bytes bigint, status text,
  last_materialized_at timestamptz);
select pgmq.create('stream_sync_jobs');
select pgmq.create('model_refresh_jobs');
