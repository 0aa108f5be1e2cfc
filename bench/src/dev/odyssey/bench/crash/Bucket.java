package dev.odyssey.bench.crash;

import dev.odyssey.bench.Jvm;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.sandbox.SandboxS3;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What is in the bucket once {@code bin/odyssey housekeeping} has been there. */
record Bucket(Sandbox sandbox, Ledger ledger, List<Subject> subjects) {
  private static final int KEPT_SNAPSHOTS = 2;

  /** Runs the command; returns the keys of objects that belong to no snapshot that is kept. */
  List<String> leftAfterHousekeeping() throws IOException, SQLException, InterruptedException {
    var builder =
        new ProcessBuilder(
            Jvm.command(List.of("-Xmx128m"), "dev.odyssey.cli.Odyssey", "housekeeping"));
    builder.environment().putAll(sandbox.settings());
    builder.environment().put("HOUSEKEEPING_GRACE_SECONDS", "0");
    builder.environment().put("KEEP_SNAPSHOTS", String.valueOf(KEPT_SNAPSHOTS));
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    if (builder.start().waitFor() != 0) {
      return List.of("bin/odyssey housekeeping failed");
    }
    Set<String> kept = new HashSet<>();
    for (Subject subject : subjects) {
      for (String snapshot :
          ledger.snapshots(subject.streamId()).stream().limit(KEPT_SNAPSHOTS).toList()) {
        kept.add(snapshot);
        kept.add(snapshot.replace(".parquet", ".changes.parquet"));
        kept.add(snapshot.replace(".parquet", ".rejects.parquet"));
      }
    }
    List<String> left = new ArrayList<>();
    sandbox
        .s3()
        .client()
        .listObjectsV2Paginator(list -> list.bucket(SandboxS3.BUCKET))
        .contents()
        .stream()
        .map(S3Object::key)
        .filter(key -> !kept.contains(key))
        .forEach(left::add);
    return left;
  }

  /** Looks once more whether every pointer names the right rows. */
  Inspection inspectRows() throws SQLException {
    Inspection inspection = new Inspection(sandbox, ledger);
    for (Subject subject : subjects) {
      if (!subject.table().names().isEmpty()) {
        inspection.checkRows(subject);
      }
    }
    return inspection;
  }
}
