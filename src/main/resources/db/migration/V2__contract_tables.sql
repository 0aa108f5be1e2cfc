-- Purpose: the tables of the database contract, each only where it is missing. A table made here
--   has row level security on: its owner and the functions see every row, nobody else any.
do $install$
begin
  if to_regclass('public.data_sources') is null then
    create table public.data_sources (
      id uuid primary key default gen_random_uuid(),
      tenant_id uuid not null,
      name text not null,
      type text not null,
      config jsonb not null default '{}',
      vault_secret_id uuid,
      created_at timestamptz not null default now());
    alter table public.data_sources enable row level security;
  end if;

  if to_regclass('public.data_streams') is null then
    create table public.data_streams (
      id uuid primary key default gen_random_uuid(),
      tenant_id uuid not null,
      name text not null,
      schema jsonb,
      source_data_source_id uuid references public.data_sources (id),
      primary_key text[],
      sync_mode text not null default 'full_refresh',
      cursor_field text,
      status text not null default 'active',
      direction text not null default 'inbound',
      created_at timestamptz not null default now());
    alter table public.data_streams enable row level security;
  end if;

  if to_regclass('public.data_mappings') is null then
    create table public.data_mappings (
      id uuid primary key default gen_random_uuid(),
      data_stream_id uuid not null references public.data_streams (id) on delete cascade,
      field_mappings jsonb not null default '[]',
      updated_at timestamptz not null default now());
    create index on public.data_mappings (data_stream_id);
    alter table public.data_mappings enable row level security;
  end if;

  if to_regclass('public.data_schemas') is null then
    create table public.data_schemas (
      data_source_id uuid primary key references public.data_sources (id) on delete cascade,
      schema jsonb not null);
    alter table public.data_schemas enable row level security;
  end if;

  if to_regclass('public.stream_sync_runs') is null then
    create table public.stream_sync_runs (
      id uuid primary key default gen_random_uuid(),
      data_stream_id uuid not null references public.data_streams (id) on delete cascade,
      tenant_id uuid not null,
      trigger_type text not null default 'manual',
      status text not null default 'pending'
        check (status in ('pending', 'processing', 'completed', 'failed', 'cancelled')),
      rows_processed bigint,
      rows_inserted bigint,
      rows_updated bigint,
      rows_deleted bigint,
      file_size_bytes bigint,
      parquet_path text,
      error_message text,
      error_details jsonb,
      created_at timestamptz not null default now(),
      started_at timestamptz,
      completed_at timestamptz);
    create index on public.stream_sync_runs (data_stream_id, created_at);
    alter table public.stream_sync_runs enable row level security;
  end if;

  if to_regclass('public.data_sync_state') is null then
    create table public.data_sync_state (
      data_stream_id uuid primary key references public.data_streams (id) on delete cascade,
      last_sync_at timestamptz,
      last_successful_sync_at timestamptz,
      total_rows bigint,
      rows_inserted bigint,
      rows_updated bigint,
      rows_deleted bigint,
      last_snapshot_path text,
      sync_status text);
    alter table public.data_sync_state enable row level security;
  end if;

  if to_regclass('public.data_models') is null then
    create table public.data_models (
      id uuid primary key default gen_random_uuid(),
      tenant_id uuid not null,
      name text not null,
      model_kind text not null check (model_kind in ('base', 'derived')),
      source_stream_id uuid references public.data_streams (id) on delete cascade,
      source_models uuid[] not null default '{}',
      query_definition jsonb,
      parquet_path text,
      row_count bigint,
      file_size_bytes bigint,
      status text,
      last_materialized_at timestamptz,
      last_refresh_started_at timestamptz,
      last_refresh_completed_at timestamptz,
      last_refresh_error text);
    create index on public.data_models (source_stream_id);
    create index on public.data_models using gin (source_models);
    alter table public.data_models enable row level security;
  end if;
end $install$;
