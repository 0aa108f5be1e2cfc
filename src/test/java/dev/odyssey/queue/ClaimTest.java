package dev.odyssey.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.testing.ContractDatabase;
import dev.odyssey.testing.ContractDatabase.Claimed;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimTest {
  private static final UUID TENANT = UUID.randomUUID();
  private static final UUID OTHER_TENANT = UUID.randomUUID();

  @AutoClose private static final ContractDatabase database = ContractDatabase.start();

  @BeforeEach
  void emptyQueue() {
    database.execute(
        "truncate pgmq.q_stream_sync_jobs, pgmq.q_stream_sync_jobs_dlq, odyssey.leases,"
            + " odyssey.suspects, odyssey.tenant_turns");
  }

  @Test
  void theOtherTenantIsNextThoughAThousandJobsWaitBeforeIt() {
    database.enqueueMany(TENANT, 1000);
    UUID other = enqueue(OTHER_TENANT, 1).get(0);

    assertThat(runs(database.claim("runner", 2, 60))).contains(other);
  }

  @Test
  void tenantsTakeTurnsWhereOneHasJobsUnderWay() {
    enqueue(TENANT, 10);
    database.claim("runner", 2, 60);
    List<UUID> others = enqueue(OTHER_TENANT, 10);

    assertThat(runs(database.claim("another", 2, 60))).isEqualTo(others.subList(0, 2));
  }

  @Test
  void tenantsTakeTurnsThoughThereAreMoreOfThemThanPlaces() {
    List<UUID> tenants = Stream.generate(UUID::randomUUID).limit(4).toList();
    tenants.forEach(tenant -> enqueue(tenant, 5));

    List<UUID> served = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Claimed job = database.claim("runner", 1, 60).get(0);
      served.add(
          (UUID) database.value("select tenant_id from data_streams where id = ?", job.streamId()));
      end(job);
    }

    assertThat(served.subList(0, 4)).isEqualTo(tenants);
    assertThat(served.subList(4, 8)).isEqualTo(tenants);
  }

  @Test
  void aTenantAtItsLimitWaitsOnEveryReplicaAndBlocksNobody() {
    List<UUID> first = enqueue(TENANT, 5);
    List<UUID> other = enqueue(OTHER_TENANT, 1);

    List<Claimed> claimed = database.claim("one", 5, 60, 2);
    assertThat(runs(claimed)).containsExactlyInAnyOrder(first.get(0), first.get(1), other.get(0));
    assertThat(database.claim("two", 5, 60, 2)).isEmpty();

    end(claimed.get(0));
    assertThat(database.claim("two", 5, 60, 2)).hasSize(1);
  }

  @Test
  void theSecondJobOfAStreamWaitsWithoutAPlaceOrAnAttempt() {
    UUID stream = database.stream(TENANT);
    UUID first = database.enqueue(stream);
    Claimed running = database.claim("one", 5, 60).get(0);
    database.begin(running.token());
    UUID second = database.enqueue(stream);
    UUID behind = enqueue(TENANT, 1).get(0);
    assertThat(second).isNotEqualTo(first);

    assertThat(runs(database.claim("two", 1, 60))).containsExactly(behind);
    assertThat(database.claim("two", 5, 60)).isEmpty();
    assertThat(database.outcomes(second)).isEmpty();

    database.complete(running.token(), 1);
    assertThat(runs(database.claim("two", 1, 60))).containsExactly(second);
  }

  @Test
  void aJobThatWaitsIsVisibleUntouchedByTheClaimsOfOthers() {
    enqueue(TENANT, 3);
    UUID other = enqueue(OTHER_TENANT, 1).get(0);
    database.claim("one", 1, 60);

    assertThat(runs(database.claim("one", 1, 60))).containsExactly(other);

    assertThat(database.count("pgmq.q_stream_sync_jobs where vt <= clock_timestamp()"))
        .isEqualTo(2);
  }

  @Test
  void replicasThatClaimAtTheSameTimeNeverShareAJobOrAStreamOrBreakTheLimit() throws Exception {
    for (int i = 0; i < 20; i++) {
      UUID stream = database.stream(TENANT);
      for (int copy = 0; copy < 3; copy++) {
        sendCopy(stream);
      }
    }
    var threads = Executors.newFixedThreadPool(8);
    List<Callable<List<Claimed>>> claims =
        Stream.iterate(0, i -> i + 1)
            .limit(24)
            .<Callable<List<Claimed>>>map(i -> () -> database.claim("runner " + i, 2, 60, 15))
            .toList();

    var claimed = new ArrayList<Claimed>();
    for (var answer : threads.invokeAll(claims)) {
      claimed.addAll(answer.get());
    }
    threads.shutdown();

    assertThat(claimed).hasSize(15);
    assertThat(claimed).extracting(Claimed::streamId).doesNotHaveDuplicates();
    assertThat(claimed).extracting(Claimed::msgId).doesNotHaveDuplicates();
  }

  @Test
  void whatIsNoJobBecomesADeadLetterAndBlocksNobody() {
    database.execute("select pgmq.send('stream_sync_jobs', '{\"stream_id\": \"nonsense\"}')");
    database.execute("select pgmq.send('stream_sync_jobs', 'null')");
    UUID good = enqueue(TENANT, 1).get(0);

    var claimed = new ArrayList<UUID>();
    for (int poll = 0; poll < 3; poll++) {
      claimed.addAll(runs(database.claim("runner", 1, 60)));
    }

    assertThat(claimed).containsExactly(good);
    assertThat(database.count("odyssey.dead_letters() where not redrivable")).isEqualTo(2);
  }

  @Test
  void aJobWhoseClaimWasNeverHeardOfComesBackAtOnce() {
    UUID run = enqueue(TENANT, 1).get(0);
    UUID token = database.claim("runner", 1, 3600).get(0).token();
    String claim =
        "select run_id from odyssey.claim_jobs(1, 3600, 'runner', p_held => array[?]::uuid[])";

    assertThat(database.rows(claim, token)).isEmpty();

    assertThat(database.value(claim, UUID.randomUUID())).isEqualTo(run);
  }

  @Test
  void aClaimThatNeverBeganIsNoCrash() {
    UUID run = enqueue(TENANT, 1).get(0);
    database.expire(database.claim("dead", 1, 60).get(0).token());

    assertThat(runs(database.claim("runner", 1, 60))).containsExactly(run);
    assertThat(database.outcomes(run)).isEmpty();
  }

  @Test
  void aRunCancelledByHandLeavesTheQueueWithTheNextClaim() {
    UUID run = enqueue(TENANT, 1).get(0);
    database.execute("update stream_sync_runs set status = 'cancelled' where id = ?", run);

    assertThat(database.claim("runner", 1, 60)).isEmpty();
    assertThat(database.count("pgmq.q_stream_sync_jobs")).isZero();
  }

  private static List<UUID> enqueue(UUID tenant, int count) {
    return Stream.generate(() -> database.enqueue(database.stream(tenant))).limit(count).toList();
  }

  /** A message that enqueue_sync would not send, for the stream has one waiting already. */
  private static void sendCopy(UUID stream) {
    database.execute(
        "select pgmq.send('stream_sync_jobs', jsonb_build_object('stream_id', ?::uuid,"
            + " 'tenant_id', ?::uuid, 'run_id', gen_random_uuid()))",
        stream,
        TENANT);
  }

  private static void end(Claimed claimed) {
    database.begin(claimed.token());
    database.complete(claimed.token(), 1);
  }

  private static List<UUID> runs(List<Claimed> claimed) {
    return claimed.stream().map(Claimed::runId).toList();
  }
}
