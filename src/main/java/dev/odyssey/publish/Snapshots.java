package dev.odyssey.publish;

import dev.odyssey.failure.TransientFailure;
import dev.odyssey.queue.Attempt;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Names a run's objects and checks that they arrived whole. Stateless. */
public final class Snapshots {

  /** {@code {tenant_id}/{stream_id}/{run_id}.parquet}. */
  public Upload snapshot(Attempt attempt, TransformResult result) {
    return upload(attempt, ".parquet", result.snapshot());
  }

  /** {@code {tenant_id}/{stream_id}/{run_id}.changes.parquet}. */
  public Upload changes(Attempt attempt, TransformResult result) {
    return upload(attempt, ".changes.parquet", result.changes());
  }

  /** {@code {tenant_id}/{stream_id}/{run_id}.rejects.parquet}. */
  public Upload rejects(Attempt attempt, TransformResult result) {
    return upload(attempt, ".rejects.parquet", result.rejects());
  }

  /**
   * @throws TransientFailure when the object's size is not the file's: a store may have cut it
   */
  public void verify(Upload upload, HeadObjectResponse head) {
    if (head.contentLength() == null || head.contentLength() != upload.bytes()) {
      throw new TransientFailure(
          "Object %s has %d bytes in storage instead of %d"
              .formatted(upload.key(), head.contentLength(), upload.bytes()),
          "The storage service lost a part of the upload; it is tried again.");
    }
  }

  public Completion completion(Attempt attempt, TransformResult result) {
    return new Completion(
        result.processed(),
        result.inserted(),
        result.updated(),
        result.deleted(),
        result.totalRows(),
        result.snapshotBytes(),
        key(attempt, ".parquet"),
        result.details());
  }

  private static Upload upload(Attempt attempt, String suffix, Path path) {
    return new Upload(key(attempt, suffix), path.toFile(), path.toFile().length());
  }

  private static String key(Attempt attempt, String suffix) {
    return attempt.tenantId() + "/" + attempt.streamId() + "/" + attempt.runId() + suffix;
  }
}
