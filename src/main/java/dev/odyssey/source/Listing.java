package dev.odyssey.source;

import dev.odyssey.failure.Shown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The objects under a prefix, as far as they are listed and fetched. Immutable: each step gives the
 * next.
 *
 * @param folder without slashes at its ends; empty for the bucket itself
 * @param pattern which names are meant; a star is any text
 * @param stream the stream's name, for messages
 * @param token the attempt's
 * @param directory where the files go
 * @param asked how many names storage has told
 * @param more true until storage has told all
 * @param objects in the order of their names
 * @param fetched the first of them, as files
 */
public record Listing(
    String bucket,
    String folder,
    String pattern,
    String stream,
    UUID token,
    Path directory,
    int asked,
    boolean more,
    List<StoredObject> objects,
    List<SourceFile> fetched) {

  public Listing {
    stream = Shown.text(stream);
  }

  /**
   * @param name within the folder
   * @param bytes as storage says
   */
  public record StoredObject(String name, long bytes) {}

  /** The bucket and prefix as a person would say them. */
  String shown() {
    return Shown.text(bucket + "/" + (folder.isEmpty() ? "" : folder + "/"));
  }

  Listing page(int names, boolean last, List<StoredObject> found) {
    List<StoredObject> all = new ArrayList<>(objects);
    all.addAll(found);
    return new Listing(
        bucket,
        folder,
        pattern,
        stream,
        token,
        directory,
        asked + names,
        !last,
        List.copyOf(all),
        fetched);
  }

  /** With the next object's file. */
  Listing with(SourceFile file) {
    List<SourceFile> files = new ArrayList<>(fetched);
    files.add(file);
    return new Listing(
        bucket,
        folder,
        pattern,
        stream,
        token,
        directory,
        asked,
        more,
        objects,
        List.copyOf(files));
  }

  /** True until every object is a file. */
  public boolean wants() {
    return fetched.size() < objects.size();
  }
}
