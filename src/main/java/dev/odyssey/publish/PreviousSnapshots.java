package dev.odyssey.publish;

import dev.odyssey.failure.TransientFailure;
import dev.odyssey.queue.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Brings the last published snapshot into the workspace. Stateless; every step is repeatable. */
public final class PreviousSnapshots {

  /**
   * An object of the last snapshot.
   *
   * @param file where its bytes go
   */
  public record Part(String key, long bytes, Path file) {}

  /**
   * The snapshot's one object, or its parts in their order; none where they are gone.
   *
   * @param listed the objects whose keys start with the pointer
   */
  public List<Part> parts(Attempt attempt, Path workspace, List<S3Object> listed)
      throws IOException {
    return parts(attempt.previousSnapshot(), directory(workspace), listed);
  }

  /** As above, of any snapshot. */
  static List<Part> parts(String pointer, Path directory, List<S3Object> listed)
      throws IOException {
    List<S3Object> objects =
        listed.stream()
            .filter(o -> o.key().equals(pointer) || pointer.endsWith("/"))
            .filter(o -> o.key().endsWith(".parquet"))
            .sorted(java.util.Comparator.comparing(S3Object::key))
            .toList();
    if (!objects.isEmpty()) {
      Files.createDirectories(directory);
    }
    List<Part> parts = new ArrayList<>();
    for (S3Object object : objects) {
      String name = "part-%04d.parquet".formatted(parts.size() + 1);
      parts.add(new Part(object.key(), object.size(), directory.resolve(name)));
    }
    return parts;
  }

  /**
   * @throws TransientFailure where the body ended early
   */
  public void save(Part part, InputStream body) throws IOException {
    try (body) {
      Files.copy(body, part.file(), StandardCopyOption.REPLACE_EXISTING);
    }
    if (Files.size(part.file()) != part.bytes()) {
      throw new TransientFailure(
          "The download of the last snapshot %s ended after %d of %d bytes"
              .formatted(part.key(), Files.size(part.file()), part.bytes()),
          "The storage service or the network cut it; it is tried again.");
    }
  }

  /** Where the transform looks for it. */
  public static Path directory(Path workspace) {
    return workspace.resolve("previous");
  }
}
