package dev.odyssey.health;

import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Asks whether the bucket for snapshots is there. */
public final class BucketProbe implements Probe {
  private final S3Client client;
  private final String bucket;

  public BucketProbe(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  @Override
  public List<String> missing() {
    try {
      client.headBucket(request -> request.bucket(bucket));
      return List.of();
    } catch (S3Exception e) {
      return switch (e.statusCode()) {
        case 404 ->
            List.of(
                "bucket '%s' does not exist: create it or set STREAMS_BUCKET".formatted(bucket));
        case 401, 403 ->
            List.of(
                "bucket '%s' refuses the key: check S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY"
                    .formatted(bucket));
        default -> throw e;
      };
    }
  }
}
