package dev.odyssey.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.sandbox.Fault;
import dev.odyssey.sandbox.Run;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TestStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A source of several objects in storage. */
class PrefixTest {
  private static Sandbox sandbox;
  private static SandboxRunner runner;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.throwAway();
    runner = SandboxRunner.start(sandbox, Map.of());
    store("in/one/2026-01.csv", "id,n\n1,a\n");
    store("in/one/2026-02 b.ndjson", "{\"n\":\"b\",\"id\":2}\n{\"id\":3,\"extra\":true}\n");
    store("in/one/2025-12.csv", "id,n\n4,d\n");
    store("in/one/below/2026-03.csv", "id,n\n9,no\n");
    store("in/odd/Sales, south (1).csv", "id,n\n1,2\n");
    store("in/odd/Sales, north (2).csv", "id,n\n2,x\n");
    for (int i = 0; i < 1001; i++) {
      store("in/many/%04d.txt".formatted(i), "id\n" + i + "\n");
    }
    store("in/many/1.csv", "id\n1\n");
  }

  @AfterAll
  static void stop() throws Exception {
    runner.close();
    sandbox.close();
  }

  private static void store(String path, String content) throws IOException {
    Path file = sandbox.storageFolder().resolve("schema-files").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content, UTF_8);
  }

  private static Run sync(String path) throws Exception {
    return runner.sync(TestStream.in(sandbox).at(path).define());
  }

  @Test
  void takesAllFilesInAFolderAsOneTable() throws Exception {
    Run run = sync("in/one/");

    assertThat(run.errorMessage()).isNull();
    assertThat(run.inserted()).isEqualTo(4);
  }

  @Test
  void takesTheFilesWhoseNamesMatch() throws Exception {
    assertThat(sync("in/one/2026-*").inserted()).isEqualTo(3);
  }

  @Test
  void saysInWhichFileAValueIsBad() throws Exception {
    TestStream odd = TestStream.in(sandbox).at("in/odd/");
    Run run =
        runner.sync(
            odd.typed(
                    "[{'name':'id','type':'integer'},{'name':'n','type':'integer'}]"
                        .replace('\'', '"'))
                .define());

    assertThat(run.errorDetails()).contains("\"file\": \"Sales, north (2).csv\"");
  }

  @Test
  void readsTheListingPageByPage() throws Exception {
    assertThat(sync("in/many/*.csv").inserted()).isEqualTo(1);
  }

  @Test
  void refusesMoreFilesThanATableHas() throws Exception {
    assertThat(sync("in/many/").errorMessage())
        .contains("more than 1,000 objects in schema-files/in/many/");
  }

  @Test
  void saysWhereThereIsNothing() throws Exception {
    assertThat(sync("in/none/*.csv").errorMessage())
        .contains("no object in schema-files/in/none/ whose name matches");
    assertThat(sync("in/*/x.csv").errorMessage()).contains("a star in a folder's name");
    assertThat(sync("../*").errorMessage()).contains("is not the path of an object");
  }

  @Test
  void asksAgainWhereAPageOrAFileFails() throws Exception {
    sandbox.storage().failNext(1, new Fault.Status(503, null));

    assertThat(sync("in/one/2026-*").inserted()).isEqualTo(3);
  }
}
