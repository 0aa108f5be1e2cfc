package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.TransformSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotDiffTest {
  private static final String KEPT = "id,n\n1,5\n2,-0.25\n3,7\n";

  private static final String[] KEY = {"id"};

  @TempDir Path directory;

  /** One value with more digits gives the whole column a wider type. */
  @Test
  void aNumberOfAWiderTypeIsTheSame() throws Exception {
    Path before = snapshot("before", KEPT, "id");
    Path after = snapshot("after", "id,n\n1,5\n2,-0.25\n3,7.123456\n", "id");

    SnapshotDiff.Result result = compare(before, after);

    assertThat(result.retyped()).containsExactly("n");
    assertThat(result.updated()).isEqualTo(1);
    assertThat(result.unchanged()).isEqualTo(2);
    assertThat(result.rows())
        .singleElement()
        .extracting(row -> row.values().get("n").before())
        .isEqualTo("7");
  }

  @Test
  void soItIsWithoutAKey() throws Exception {
    Path before = snapshot("before", KEPT);
    Path after = snapshot("after", "id,n\n1,5\n2,-0.25\n3,7.123456\n");

    SnapshotDiff.Result result = compare(before, after);

    assertThat(result.unchanged()).isEqualTo(2);
    assertThat(result.inserted()).isEqualTo(1);
    assertThat(result.deleted()).isEqualTo(1);
  }

  @Test
  void aDayIsItsMidnight() throws Exception {
    String days = "id,n\n1,2024-01-01\n2,2024-01-02\n";
    Path before = snapshot("before", "n date", days, KEY);
    String times = days.replace("02\n", "02 10:00:00\n");
    Path after = snapshot("after", "n timestamp", times, KEY);

    SnapshotDiff.Result result = compare(before, after);

    assertThat(result.retyped()).containsExactly("n");
    assertThat(result.unchanged()).isEqualTo(1);
    assertThat(result.updated()).isEqualTo(1);
  }

  @Test
  void rowsAreComparedAsAWholeWhereTheKeyIsAnother() throws Exception {
    Path before = snapshot("before", KEPT, "id");
    Path after = snapshot("after", KEPT.replace("7", "8"), "n");

    SnapshotDiff.Result result = compare(before, after);

    assertThat(result.key()).isEmpty();
    assertThat(result.updated()).isZero();
    assertThat(result.inserted()).isEqualTo(1);
    assertThat(result.deleted()).isEqualTo(1);
  }

  /** As where every mapping has another name now. */
  @Test
  void withoutACommonColumnEveryRowIsAnother() throws Exception {
    Path before = snapshot("before", job("before").file("a,b\n1,2\n"));
    Path after = snapshot("after", job("after").file("c,d\n1,2\n3,4\n"));

    SnapshotDiff.Result result = compare(before, after);

    assertThat(result.inserted()).isEqualTo(2);
    assertThat(result.deleted()).isEqualTo(1);
    assertThat(result.unchanged()).isZero();
    assertThat(result.addedColumns()).containsExactly("c", "d");
    assertThat(result.removedColumns()).containsExactly("a", "b");
    assertThat(result.rows()).isEmpty();
  }

  @Test
  void showsWhatChangedInTheOrderOfTheKey() throws Exception {
    Path before = snapshot("before", "id,n\n3,30\n1,10\n2,\n5,50\n", "id");
    Path after = snapshot("after", "id,n\n9,90\n8,80\n2,20\n5,50\n", "id");

    SnapshotDiff.Result result = compare(before, after);

    assertThat(result.rows().stream().map(row -> row.kind() + row.key() + row.values().keySet()))
        .containsExactly(
            "updated{id=2}[n]",
            "inserted{id=8}[id, n]",
            "inserted{id=9}[id, n]",
            "deleted{id=1}[id, n]",
            "deleted{id=3}[id, n]");
    assertThat(result.changedColumns()).containsExactly(entry("n", 1L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$here", "$more", "$sign", "was", "now", "inserted", "column_0"})
  void aColumnMayHaveAnyName(String name) throws Exception {
    String one = "id," + name + "\n1,2\n2,3\n";
    String other = "id," + name + "\n1,2\n2,4\n";
    String column = name + " integer";
    String[] none = {};

    SnapshotDiff.Result byKey =
        compare(snapshot("a", column, one, KEY), snapshot("b", column, other, KEY));
    SnapshotDiff.Result byContent =
        compare(snapshot("c", column, one, none), snapshot("d", column, other, none));

    assertThat(byKey.updated()).isEqualTo(1);
    assertThat(byKey.unchanged()).isEqualTo(1);
    assertThat(byContent.inserted()).isEqualTo(1);
    assertThat(byContent.deleted()).isEqualTo(1);
    assertThat(byContent.unchanged()).isEqualTo(1);
  }

  /** The engine's own comparison would take twice as long for each of 40 levels. */
  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatIsDeepInsideIsCompared() throws Exception {
    SnapshotDiff.Result result =
        compare(
            snapshot("before", structs(job("before"), "2")),
            snapshot("after", structs(job("after"), "3")));

    assertThat(result.unchanged()).isEqualTo(1);
    assertThat(result.updated()).isEqualTo(1);
  }

  private static Job structs(Job job, String second) {
    String deep = "{\"id\":%s,\"v\":" + "{\"a\":".repeat(40) + "%s" + "}".repeat(41) + "\n";
    String rows = deep.formatted("1", "1") + deep.formatted("2", second);
    return job.key("id").config("{'nested': 'struct'}").file(rows);
  }

  private Path snapshot(String name, String csv, String... key) throws Exception {
    return snapshot(name, "n number", csv, key);
  }

  private Path snapshot(String name, String column, String csv, String[] key) throws Exception {
    return snapshot(name, job(name).schema("id text", column).key(key).file(csv));
  }

  private Job job(String name) throws Exception {
    return Job.in(Files.createDirectories(directory.resolve(name + "-job")));
  }

  private Path snapshot(String name, Job job) throws Exception {
    TransformResult result = job.run();
    Path side = Files.createDirectories(directory.resolve(name));
    Files.move(result.snapshot(), side.resolve("snapshot.parquet"));
    return side;
  }

  private SnapshotDiff.Result compare(Path before, Path after) throws Exception {
    return new SnapshotDiff(TransformSettings.defaults(), directory, new UUID(0, 2))
        .compare(before, after, 5);
  }
}
