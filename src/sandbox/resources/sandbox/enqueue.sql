-- Purpose: asks for one sync of a stream, as pg_cron would.
-- Parameters: 1, the stream's id. Returns: the run's id.
select odyssey.enqueue_sync(p_stream_id => ?);
