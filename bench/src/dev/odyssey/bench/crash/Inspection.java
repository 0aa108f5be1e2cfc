package dev.odyssey.bench.crash;

import dev.odyssey.sandbox.Run;
import dev.odyssey.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Looks from outside whether all is as it must be. Finds; never mends. */
final class Inspection {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LIVING_RUNNERS = 2;

  private final Sandbox sandbox;
  private final Ledger ledger;
  final List<String> lost = new ArrayList<>();
  final List<String> duplicated = new ArrayList<>();
  final List<String> wrong = new ArrayList<>();

  @FunctionalInterface
  private interface Condition {
    boolean holds() throws SQLException, IOException;
  }

  Inspection(Sandbox sandbox, Ledger ledger) {
    this.sandbox = sandbox;
    this.ledger = ledger;
  }

  /** Every run is over, and nothing waits, is leased or lies about. */
  void awaitRest(List<UUID> runs) throws SQLException, IOException, InterruptedException {
    if (!within(() -> ledger.open(runs) == 0)) {
      lost.add(ledger.open(runs) + " runs have not ended");
    }
    if (!within(() -> ledger.waitingMessages() == 0)) {
      lost.add(ledger.waitingMessages() + " messages are left in the queue");
    }
    if (!within(() -> ledger.leases() == 0)) {
      wrong.add(ledger.leases() + " leases are left");
    }
    if (!within(() -> filesOfJobs().isEmpty())) {
      wrong.add("work files are left: " + filesOfJobs());
    }
    if (ledger.deadLetters() > 0) {
      wrong.add(ledger.deadLetters() + " dead letters");
    }
  }

  /** The run had its effects once, and they are the right ones. */
  void check(UUID runId, Subject subject) throws SQLException {
    Table.Difference difference = subject.publish();
    Run run = sandbox.run(runId);
    if (!run.isCompleted()) {
      wrong.add(
          "run %s is %s: %s, attempts %s"
              .formatted(runId, run.status(), run.errorMessage(), ledger.attempts(runId)));
      return;
    }
    if (ledger.completions(runId) != 1 || ledger.switches(runId) != 1) {
      duplicated.add(
          "run %s: completed by %d attempts, pointed to %d times: %s"
              .formatted(
                  runId,
                  ledger.completions(runId),
                  ledger.switches(runId),
                  ledger.attempts(runId)));
    }
    var counted =
        new Table.Difference(run.processed(), run.inserted(), run.updated(), run.deleted());
    if (!counted.equals(difference)) {
      wrong.add("run " + runId + " counted " + counted + " instead of " + difference);
    }
    if (!ledger.snapshotOf(subject.streamId()).contains(runId.toString())) {
      wrong.add("the pointer is not at run " + runId);
    }
    checkRows(subject);
  }

  /** The run is cancelled and had no effect. */
  void checkCancelled(UUID runId, Subject subject) throws SQLException {
    Run run = sandbox.run(runId);
    if (!run.status().equals("cancelled")) {
      wrong.add("cancelled run %s is %s".formatted(runId, run.status()));
    }
    if (ledger.completions(runId) != 0 || ledger.switches(runId) != 0) {
      wrong.add("cancelled run " + runId + " was published");
    }
    if (!subject.table().names().isEmpty()) {
      checkRows(subject);
    }
  }

  /** The run is the one dead letter, and failed. */
  void awaitDeadLetter(UUID runId) throws SQLException, IOException, InterruptedException {
    if (!within(() -> ledger.deadLetters() == 1 && sandbox.run(runId).status().equals("failed"))) {
      lost.add(
          "run %s is %s, dead letters: %d"
              .formatted(runId, sandbox.run(runId).status(), ledger.deadLetters()));
    }
  }

  /** The stream's pointer names an object that is there and holds the right rows. */
  void checkRows(Subject subject) throws SQLException {
    String key = ledger.snapshotOf(subject.streamId());
    try {
      Map<Long, String> rows = new HashMap<>();
      List<Map<String, Object>> read = sandbox.rows(key);
      read.forEach(row -> rows.put(((Number) row.get("id")).longValue(), (String) row.get("name")));
      if (!rows.equals(subject.table().names()) || read.size() != rows.size()) {
        wrong.add("the rows of " + key + " are not the source's");
      }
    } catch (S3Exception e) {
      lost.add("object " + key + " cannot be read: " + e.getMessage());
    }
  }

  /** Attempts' folders, and folders of runners that are dead. */
  private List<Path> filesOfJobs() throws IOException {
    Path work = Path.of(sandbox.settings().get("WORK_DIR"));
    try (Stream<Path> tree = Files.walk(work, 2)) {
      List<Path> all = tree.filter(Files::isDirectory).toList();
      List<Path> runners = all.stream().filter(p -> name(p).startsWith("runner-")).toList();
      return runners.size() > LIVING_RUNNERS
          ? runners
          : all.stream().filter(p -> name(p).matches("[0-9a-f]{8}-[0-9a-f-]{27}")).toList();
    } catch (UncheckedIOException e) {
      return List.of(work); // something is just being removed
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static boolean within(Condition condition)
      throws SQLException, IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return true;
  }
}
