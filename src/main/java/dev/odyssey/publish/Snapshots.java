package dev.odyssey.publish;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.TransientFailure;
import dev.odyssey.queue.Attempt;
import dev.odyssey.source.LastSource;
import dev.odyssey.source.LastSources;
import dev.odyssey.source.SourceFile;
import dev.odyssey.transform.TransformResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Names a run's objects, checks that they arrived whole, and sums the run up. Thread-safe. */
public final class Snapshots {
  private static final String REJECTS = ".rejects.parquet";

  private final LastSources lastSources;

  public Snapshots(LastSources lastSources) {
    this.lastSources = lastSources;
  }

  /**
   * Changes, rejects, where there are any, then the snapshot: {@code
   * {tenant_id}/{stream_id}/{run_id}.parquet}, or {@code {run_id}/part-0001.parquet} and so on; of
   * a run's second attempt {@code {run_id}.2.parquet}, so that an upload which ends late overwrites
   * nothing. Of a run that exceeds a limit, the rejects alone.
   */
  public List<Upload> uploads(Attempt attempt, TransformResult result) throws IOException {
    List<Upload> uploads = new ArrayList<>();
    if (result.rejects() != null) {
      uploads.add(upload(key(attempt, REJECTS), result.rejects()));
    }
    if (result.excess() != null) {
      return uploads;
    }
    if (result.changes() != null) {
      uploads.add(upload(key(attempt, ".changes.parquet"), result.changes()));
    }
    if (!Files.isDirectory(result.snapshot())) {
      uploads.add(upload(key(attempt, ".parquet"), result.snapshot()));
      return uploads;
    }
    try (Stream<Path> parts = Files.list(result.snapshot())) {
      for (Path part : parts.sorted().toList()) {
        uploads.add(upload(key(attempt, "/" + part.getFileName()), part));
      }
    }
    return uploads;
  }

  /** For the loops of the routes. */
  public <T> T at(List<T> list, int index) {
    return list.get(index);
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

  /**
   * The last look before anything is published.
   *
   * @throws PermanentFailure where too much of the file is bad; its details name the rejects
   */
  public void requireWithinLimits(Attempt attempt, TransformResult result) {
    if (result.excess() == null) {
      return;
    }
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    if (result.details() instanceof ObjectNode known) {
      details.setAll(known);
    }
    if (result.rejects() != null) {
      details.put("rejectsKey", key(attempt, REJECTS));
    }
    throw new PermanentFailure(result.excess().message(), result.excess().advice(), details, null);
  }

  /** Of a run that published a snapshot. */
  public Completion completion(Attempt attempt, SourceFile source, TransformResult result) {
    return new Completion(
        result.processed(),
        result.inserted(),
        result.updated(),
        result.deleted(),
        result.totalRows(),
        result.snapshotBytes(),
        key(attempt, Files.isDirectory(result.snapshot()) ? "/" : ".parquet"),
        result.details(),
        lastSources.read(attempt, source));
  }

  /** Of a run whose source has not changed: the last snapshot stays. */
  public Completion unchanged(Attempt attempt, SourceFile source) {
    LastSource last = lastSources.read(attempt, source);
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.put("unchanged", last.totalRows()).put("rejected", 0).put("duplicateKeys", 0);
    details.put("skipped", "The source and the stream's definition have not changed.");
    return new Completion(
        last.totalRows(),
        0,
        0,
        0,
        last.totalRows(),
        last.fileSizeBytes(),
        last.snapshotPath(),
        details,
        last);
  }

  private static Upload upload(String key, Path path) {
    return new Upload(key, path.toFile(), path.toFile().length());
  }

  private static String key(Attempt attempt, String suffix) {
    String stem =
        attempt.ordinal() > 1 ? attempt.runId() + "." + attempt.ordinal() : "" + attempt.runId();
    return attempt.tenantId() + "/" + attempt.streamId() + "/" + stem + suffix;
  }
}
