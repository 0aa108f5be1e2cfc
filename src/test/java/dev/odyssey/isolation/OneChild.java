package dev.odyssey.isolation;

import dev.odyssey.transform.TransformSettings;
import dev.odyssey.work.Folders;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Starts a child as a runner would, prints what it says until it is warm, and lets it end. */
final class OneChild {
  private OneChild() {}

  /**
   * @param options further ones of the child's JVM
   */
  public static void main(String[] options) throws Exception {
    Path home = Files.createTempDirectory("one-child-");
    var command = new ChildCommand(home, Work.settings(), TransformSettings.defaults());
    ProcessBuilder builder = command.in(Files.createDirectory(home.resolve("child")));
    List<String> words = builder.command();
    words.addAll(words.indexOf("-cp"), List.of(options));
    Process child = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var out = new BufferedReader(child.inputReader(StandardCharsets.UTF_8))) {
      System.out.println(out.readLine());
      child.getOutputStream().close();
      child.waitFor();
    } finally {
      Folders.delete(home);
    }
  }
}
