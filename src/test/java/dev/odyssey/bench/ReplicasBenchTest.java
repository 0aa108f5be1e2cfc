package dev.odyssey.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicasBenchTest {
  @TempDir Path folder;

  @Test
  void twoReplicasDoEachJobOnce() {
    var printed = new ByteArrayOutputStream();

    int exit =
        ReplicasBench.commandLine(new PrintStream(printed, true, UTF_8))
            .execute(
                ("--replicas 2 --jobs 8 --warm-up 2 --tenants 2 --folder " + folder).split(" "));

    assertThat(exit).isZero();
    assertThat(printed.toString(UTF_8))
        .contains("RESULT double_work_2 0.000")
        .containsPattern("(?m)^RESULT tenant_share_2 \\d\\.\\d{3}$")
        .containsPattern("(?m)^RESULT replica_share_2 \\d\\.\\d{3}$");
  }
}
