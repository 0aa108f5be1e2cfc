-- Purpose: the queue of jobs and the queue of dead letters, each only where it is missing.
do $install$
begin
  if to_regclass('pgmq.q_stream_sync_jobs') is null then
    perform pgmq.create('stream_sync_jobs');
  end if;
  if to_regclass('pgmq.q_stream_sync_jobs_dlq') is null then
    perform pgmq.create('stream_sync_jobs_dlq');
  end if;
end $install$;
