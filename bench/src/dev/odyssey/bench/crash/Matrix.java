package dev.odyssey.bench.crash;

import dev.odyssey.bench.BenchDatabase;
import dev.odyssey.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Two replicas on a sandbox, and the cases that they go through. */
final class Matrix implements AutoCloseable {
  static final Duration VISIBILITY_TIMEOUT = Duration.ofSeconds(3);
  static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  /** Streams take turns, three a case; each is synced again and again. */
  private static final int STREAMS = 6;

  private static final int JOBS = 3;
  private static final int UNTIL_HELD_SECONDS = 30;

  private final Sandbox sandbox;
  private final Ledger ledger;
  private final BenchDatabase database;
  private final Gates gates = new Gates();
  private final List<Replica> replicas = new ArrayList<>();
  private final List<Subject> subjects = new ArrayList<>();
  private final Random random;
  private int turn;

  /**
   * Starts all of it.
   *
   * @param asked settings of the service, above the matrix's own
   * @param folder for logs and the copied routes
   */
  Matrix(Sandbox sandbox, Map<String, String> asked, Path folder, long seed)
      throws IOException, SQLException, InterruptedException {
    this.sandbox = sandbox;
    this.random = new Random(seed);
    this.database = new BenchDatabase(sandbox.database().dataSource());
    this.ledger = new Ledger(sandbox.database().dataSource());
    defineSubjects();
    Path routes = folder.resolve("routes");
    SteppedRoutes.copy(Path.of("routes"), routes);
    for (String name : List.of("a", "b")) {
      Map<String, String> settings = settings(name, routes);
      settings.putAll(asked);
      replicas.add(new Replica(name, sandbox, settings, folder));
    }
    try {
      for (Replica replica : replicas) {
        replica.start();
      }
      for (Replica replica : replicas) {
        replica.awaitReady();
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void defineSubjects() throws SQLException {
    Path bucket = sandbox.storageFolder().resolve("schema-files");
    for (int i = 0; i < STREAMS; i++) {
      String file = "subject-" + i + ".csv";
      UUID stream = database.defineStream(file, Table.SCHEMA);
      subjects.add(new Subject(stream, bucket.resolve(file)));
    }
  }

  private Map<String, String> settings(String name, Path routes) {
    Map<String, String> settings = new HashMap<>(Gate.settings(gates.port(), name));
    settings.put("ROUTES_DIR", routes.toString());
    settings.put("ROUTES_RELOAD_INTERVAL_MS", "0");
    settings.put("VISIBILITY_TIMEOUT_SECONDS", String.valueOf(VISIBILITY_TIMEOUT.toSeconds()));
    settings.put("POLL_INTERVAL_MS", String.valueOf(POLL_INTERVAL.toMillis()));
    settings.put("MAX_CONCURRENT_JOBS", String.valueOf(JOBS)); // recovery, and no wait for a place
    settings.put("RETRY_DELAY_SECONDS", "0");
    settings.put("MAX_RETRIES", "20");
    settings.put("HOUSEKEEPING_INTERVAL_SECONDS", "5");
    settings.put("HOUSEKEEPING_GRACE_SECONDS", "0");
    return settings;
  }

  /** Queues three jobs, lets the fault hit where one of them is at the step, and looks. */
  Outcome run(Case next) throws IOException, SQLException, InterruptedException {
    Step.Trouble trouble = next.step().trouble();
    boolean renewing = next.step() == Step.RENEWING;
    boolean cancelled = trouble == Step.Trouble.CANCELLED;
    Step first = renewing || cancelled ? Step.DOWNLOADED : next.step();
    var caught = first.isPlace() ? gates.hold(first) : null;
    Map<UUID, Subject> asked = enqueue(trouble);
    Gates.Held held = null;
    Replica victim = replicas.get(random.nextInt(replicas.size()));
    if (caught == null) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(600));
    } else {
      held = await(caught, first);
      if (cancelled) {
        held = cancel(held, next.step());
      }
      if (renewing) {
        held = renewal(held);
      }
      victim = replica(held.replica());
    }
    Instant at = Instant.now();
    new Strike(victim, held).with(next.fault());
    return outcome(next, asked, held, at);
  }

  private Map<UUID, Subject> enqueue(Step.Trouble trouble) throws IOException, SQLException {
    Map<UUID, Subject> asked = new LinkedHashMap<>();
    if (trouble == Step.Trouble.SOURCE_FAILS) {
      sandbox.storage().failNext(9, dev.odyssey.sandbox.Fault.status(500));
    }
    for (int i = 0; i < JOBS; i++) {
      Subject subject = subjects.get(turn++ % STREAMS);
      subject.change(random);
      if (i == 0 && trouble == Step.Trouble.SOURCE_GONE) {
        subject.hide();
      }
      asked.put(database.enqueue(List.of(subject.streamId())).get(0), subject);
    }
    return asked;
  }

  private static Gates.Held await(CompletableFuture<Gates.Held> caught, Step step)
      throws InterruptedException {
    try {
      return caught.get(UNTIL_HELD_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("No job came to " + step.title(), e);
    }
  }

  /** Cancels the held run; its attempt is told at the next renewal, and comes to the step. */
  private Gates.Held cancel(Gates.Held held, Step step)
      throws IOException, SQLException, InterruptedException {
    var caught = gates.hold(step);
    ledger.cancel(UUID.fromString(held.run()));
    TimeUnit.MILLISECONDS.sleep(VISIBILITY_TIMEOUT.toMillis() / 2);
    held.release();
    return await(caught, step);
  }

  /** While the held job lasts: jobs may take less time than a renewal is waited for. */
  private Gates.Held renewal(Gates.Held job) throws IOException, InterruptedException {
    Gates.Held renewal = await(gates.hold(Step.RENEWING), Step.RENEWING);
    job.release();
    return renewal;
  }

  private Replica replica(String name) {
    return replicas.stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  private Outcome outcome(Case next, Map<UUID, Subject> asked, Gates.Held held, Instant at)
      throws IOException, SQLException, InterruptedException {
    List<UUID> runs = List.copyOf(asked.keySet());
    Inspection inspection = new Inspection(sandbox, ledger);
    if (next.step().trouble() == Step.Trouble.SOURCE_GONE) {
      inspection.awaitDeadLetter(runs.get(0));
      asked.get(runs.get(0)).show();
      ledger.redrive(asked.get(runs.get(0)).streamId());
    }
    inspection.awaitRest(runs);
    sandbox.storage().mend();
    boolean known = held != null && !held.run().isEmpty();
    boolean cancelled = next.step().trouble() == Step.Trouble.CANCELLED;
    for (UUID run : runs) {
      if (cancelled && held.run().equals(run.toString())) {
        inspection.checkCancelled(run, asked.get(run));
      } else {
        inspection.check(run, asked.get(run));
      }
    }
    for (Replica replica : replicas) {
      if (!replica.isAlive()) {
        inspection.wrong.add("replica " + replica.name() + " died by itself");
        replica.start();
      }
      replica.awaitReady();
    }
    OptionalDouble recovery =
        ledger.recovery(at, known ? List.of(UUID.fromString(held.run())) : runs);
    return new Outcome(next, inspection.lost, inspection.duplicated, inspection.wrong, recovery);
  }

  /** After all cases: housekeeping leaves what pointers name, and nothing else. */
  Bucket bucket() {
    return new Bucket(sandbox, ledger, subjects);
  }

  @Override
  public void close() throws IOException {
    for (Replica replica : replicas) {
      replica.close();
    }
    gates.close();
  }
}
