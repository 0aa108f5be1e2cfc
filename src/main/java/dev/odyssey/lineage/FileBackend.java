package dev.odyssey.lineage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that grows by a line for each event. */
record FileBackend(Path file) implements Backend {

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public void take(String event) throws IOException {
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    Files.writeString(file, event + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
