package dev.odyssey.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/odyssey completion}, in real shells. */
class CompletionTest {
  @TempDir private Path directory;
  private Path script;

  @BeforeEach
  void printTheScript() throws IOException {
    Cli.Answer answer = new Cli(directory, Map.of()).runBare("completion", "bash");
    assertThat(answer.exitCode()).as(answer.err()).isZero();
    script = Files.writeString(directory.resolve("completion"), answer.out());
  }

  @Test
  void bashCompletesCommandsOptionsAndChoices() throws Exception {
    assertThat(bash("sta")).isEqualTo("status");
    assertThat(bash("dlq", "re")).isEqualTo("redrive");
    assertThat(bash("runs", "--fa")).isEqualTo("--failed");
    assertThat(bash("completion", "")).isEqualTo("bash zsh");
  }

  @Test
  void zshCompletesOnATerminal() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/zsh")), "zsh is not installed: .ci/run does it");

    String shown =
        output(
            "zsh",
            "-f",
            "-c",
            """
            zmodload zsh/zpty
            zpty z "zsh -f -i"
            zpty -w z "autoload -U compinit; compinit -u -D; source %s; print REA''DY"
            zpty -r -m z line '*READY*'
            zpty -n -w z $'odyssey stat\\t'
            zpty -r -m z line '*status*' && print completed
            zpty -d z
            """
                .formatted(script));

    assertThat(shown).contains("completed");
  }

  private String bash(String... words) throws Exception {
    String line =
        """
        source %s
        compopt() { :; }
        COMP_WORDS=(odyssey "$@"); COMP_CWORD=$#; COMP_LINE="odyssey $*"; COMP_POINT=${#COMP_LINE}
        $(complete -p odyssey | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        echo "${COMPREPLY[@]}"
        """
            .formatted(script);
    String[] command = new String[words.length + 5];
    System.arraycopy(new String[] {"bash", "--norc", "-c", line, "bash"}, 0, command, 0, 5);
    System.arraycopy(words, 0, command, 5, words.length);
    return output(command).strip();
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
