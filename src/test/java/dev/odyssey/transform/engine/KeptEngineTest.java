package dev.odyssey.transform.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.TransformSettings;
import dev.odyssey.work.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptEngineTest {
  private static final TransformSettings SETTINGS = TransformSettings.defaults().withOneThread();

  private final KeptEngine engines = new KeptEngine();
  private Path room;

  @BeforeEach
  void realPath(@TempDir Path directory) throws IOException {
    room = directory.toRealPath();
  }

  @AfterEach
  void close() throws SQLException {
    engines.close();
  }

  @Test
  void jobsOneAfterTheOtherComeOutAsOnEnginesOfTheirOwn() throws IOException {
    TransformResult dirty = dirty("own").run();
    TransformResult clean = clean("own").run();
    clear("own");
    assertThat(dirty.rejected()).isPositive();
    assertThat(dirty.details().path("badValues").toString()).contains("never");

    for (int round = 0; round < 2; round++) {
      assertThat(dirty("first").run(engines).details()).isEqualTo(dirty.details());
      clear("first");
      TransformResult next = clean("next").run(engines);
      assertThat(next.details()).isEqualTo(clean.details());
      assertThat(next.inserted()).isEqualTo(clean.inserted());
      clear("next");
    }
  }

  @Test
  void theInstanceIsKeptAfterAJobThatEndsWell() throws Exception {
    long first = connection("a", 0, true);
    long second = connection("a", 0, true);
    assertThat(second).isGreaterThan(first);

    connection("a", 0, false);

    assertThat(connection("a", 0, true)).isEqualTo(first);
  }

  @Test
  void aLargeJobHasItsOwnAndEndsTheKeptOne() throws Exception {
    long first = connection("a", 0, true);
    connection("a", 10 << 20, true);

    assertThat(connection("a", 0, true)).isEqualTo(first);
  }

  @Test
  void whatAJobMakesEndsWithIt() throws Exception {
    Path job = directory("job");
    try (Engine engine = engines.open(job, SETTINGS, 0, new ProgressMeter())) {
      engine.run("CREATE TEMP TABLE rows AS SELECT 1 AS id");
      engine.view("source", "the job's own", "SELECT * FROM rows");
      assertThat(engine.count("Rows.", "source")).isOne();
      engine.endsWell();
    }
    try (Engine engine = engines.open(job, SETTINGS, 0, new ProgressMeter())) {
      assertThat(engine.texts("SELECT table_name FROM duckdb_tables()")).isEmpty();
      assertThat(engine.texts("SELECT view_name FROM duckdb_views() WHERE NOT internal")).isEmpty();
    }
  }

  @Test
  void itReachesNoRoomButItsOwn() throws Exception {
    Path elsewhere = Files.writeString(room.resolve("elsewhere"), "secret");
    Path first = Files.createDirectories(room.resolve("1/job"));
    Path second = Files.createDirectories(room.resolve("2/job"));
    Path inFirst = Files.writeString(first.resolve("source"), "first");
    Path inSecond = Files.writeString(second.resolve("source"), "second");

    assertThat(read(first, inFirst)).containsExactly("first");
    for (Path foreign : List.of(elsewhere, inSecond)) {
      assertThatThrownBy(() -> read(first, foreign)).hasMessageContaining("Permission Error");
    }
    assertThat(read(first, inFirst)).containsExactly("first");
    assertThat(read(second, inSecond)).containsExactly("second");
    assertThatThrownBy(() -> read(second, inFirst)).hasMessageContaining("Permission Error");
  }

  @Test
  void aJobThatIsNotAloneInItsRoomReachesItsOwnDirectory() throws Exception {
    Path mine = directory("mine");
    Path theirs = Files.writeString(directory("theirs").resolve("source"), "theirs");
    Path source = Files.writeString(mine.resolve("source"), "mine");

    assertThat(read(mine, source)).containsExactly("mine");
    assertThatThrownBy(() -> read(mine, theirs)).hasMessageContaining("Permission Error");
  }

  @Test
  void itsSettingsHoldForEveryJob() throws Exception {
    for (int job = 0; job < 2; job++) {
      try (Engine engine = engines.open(directory("a"), SETTINGS, 0, new ProgressMeter())) {
        assertThat(engine.texts("SELECT current_setting('TimeZone') || current_setting('threads')"))
            .containsExactly("UTC1");
        assertThatThrownBy(() -> engine.run("SET threads = 2")).hasMessageContaining("locked");
        engine.endsWell();
      }
    }
    TransformSettings others = TransformSettings.defaults();
    try (Engine engine = engines.open(directory("a"), others, 0, new ProgressMeter())) {
      assertThat(engine.texts("SELECT current_setting('threads')::VARCHAR")).containsExactly("2");
    }
  }

  @Test
  void aJobThatFailsLeavesTheNextAsItWere() throws IOException {
    assertThatThrownBy(() -> Job.in(directory("a")).file("id\n1\n").key("no").run(engines))
        .isInstanceOf(PermanentFailure.class);

    assertThat(clean("a").run(engines).inserted()).isEqualTo(2);
  }

  @Test
  void whereItsMemoryIsTooLittleTheJobHasOneThatMaySpill() throws IOException {
    Engines tooSmall =
        (directory, settings, bytes, progress) ->
            engines.open(directory, withMemory("1MB"), bytes, progress);

    TransformResult result = clean("a").run(tooSmall);

    assertThat(result.inserted()).isEqualTo(2);
  }

  private static TransformSettings withMemory(String limit) {
    return new TransformSettings(limit, 1, "1GB", 1 << 20, SETTINGS.refHash(), 0.5, 0.5);
  }

  /** The number of the job's connection within its instance. */
  private long connection(String name, long bytes, boolean endsWell) throws Exception {
    try (Engine engine = engines.open(directory(name), SETTINGS, bytes, new ProgressMeter())) {
      long number = engine.counts("SELECT current_connection_id() AS number").get("number");
      if (endsWell) {
        engine.endsWell();
      }
      return number;
    }
  }

  private List<String> read(Path job, Path file) throws Exception {
    try (Engine engine = engines.open(job, SETTINGS, 0, new ProgressMeter())) {
      List<String> texts =
          engine.texts("SELECT content FROM read_text(" + Sql.literal(file.toString()) + ")");
      engine.endsWell();
      return texts;
    }
  }

  private Job dirty(String name) throws IOException {
    return Job.in(directory(name))
        .schema("id integer", "name text", "since date")
        .key("id")
        .file("id,name,since\n1,a,never\n1,b,2026-01-01\n2,c\n3,d,2026-01-02\n4,e,2026-01-03\n");
  }

  private Job clean(String name) throws IOException {
    return Job.in(directory(name))
        .schema("id integer", "name text")
        .key("id")
        .file("id,name\n1,a\n2,b\n");
  }

  private Path directory(String name) throws IOException {
    return Files.createDirectories(room.resolve(name));
  }

  private void clear(String name) throws IOException {
    Folders.delete(room.resolve(name));
  }
}
