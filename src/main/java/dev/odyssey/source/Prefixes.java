package dev.odyssey.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.Shown;
import dev.odyssey.failure.TransientFailure;
import dev.odyssey.queue.Attempt;
import dev.odyssey.source.Listing.StoredObject;
import dev.odyssey.transform.file.PieceName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * A source of several objects: all in a folder ({@code in/}), or those whose names match ({@code
 * in/2026-*.csv}). Lists them page by page and says what to fetch next. Stateless.
 */
public final class Prefixes {
  private static final int PAGE = 1000;
  private static final int MAX_PAGE_BYTES = 4 << 20;
  private static final int MAX_OBJECTS = 1000;

  /** Folders of Delta Lake and Hudi: files beside them may hold rows that are no longer live. */
  private static final Set<String> TABLE_LOGS = Set.of("_delta_log", ".hoodie");

  private final Sources sources;
  private final Downloads downloads;
  private final SourceSettings settings;
  private final ObjectMapper json;

  public Prefixes(
      Sources sources, Downloads downloads, SourceSettings settings, ObjectMapper json) {
    this.sources = sources;
    this.downloads = downloads;
    this.settings = settings;
    this.json = json;
  }

  /** True where the source's path ends in a slash or has a star. */
  public boolean isPrefix(Attempt attempt) {
    String path = sources.place(attempt).path();
    return path.endsWith("/") || path.contains("*");
  }

  /** Nothing listed yet. Empties the directory for the files: repeatable. */
  public Listing begin(Attempt attempt, Path workspace) throws IOException {
    var place = sources.place(attempt);
    String path = place.path().replaceAll("^/+", "");
    String folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
    String names = path.substring(path.lastIndexOf('/') + 1);
    if (folder.contains("*") || names.contains("**")) {
      throw new PermanentFailure(
          "Stream '%s': '%s' has a star in a folder's name"
              .formatted(Shown.text(attempt.streamName()), Shown.text(path)),
          "Use * only in the last part of the path in data_sources.config, then redrive.");
    }
    if (!folder.isEmpty()) {
      Sources.encode(attempt.streamName(), folder);
    }
    return new Listing(
        place.bucket(),
        folder,
        names.isEmpty() ? "*" : names,
        attempt.streamName(),
        attempt.token(),
        emptied(workspace.resolve("source")),
        0,
        true,
        List.of(),
        List.of());
  }

  public String url(Listing listing) {
    return "%s/storage/v1/object/list/%s".formatted(settings.supabaseUrl(), listing.bucket());
  }

  /**
   * The body that asks for the next page.
   *
   * <p>As in https://supabase.com/docs/reference/javascript/storage-from-list
   */
  public String request(Listing listing) {
    var request = json.createObjectNode();
    request.put("prefix", listing.folder());
    request.put("limit", PAGE).put("offset", listing.asked());
    request.putObject("sortBy").put("column", "name").put("order", "asc");
    return request.toString();
  }

  /** Takes a page of the listing; folders and the dashboard's placeholder are no objects. */
  public Listing page(Listing listing, int status, InputStream body) throws IOException {
    try (body) {
      if (status != 200) {
        throw downloads.refused(whole(listing), status, body);
      }
      byte[] text = body.readNBytes(MAX_PAGE_BYTES + 1);
      JsonNode names = text.length > MAX_PAGE_BYTES ? null : json.readTree(text);
      if (names == null || !names.isArray()) {
        throw new TransientFailure(
            "Stream '%s': storage gave no list of %s".formatted(listing.stream(), listing.shown()),
            "Check SUPABASE_URL; it is tried again.");
      }
      List<StoredObject> found = new ArrayList<>();
      for (JsonNode object : names) {
        String name = object.path("name").asText("");
        if (TABLE_LOGS.contains(name)) {
          throw new PermanentFailure(
              "Stream '%s': %s is a table with a log (%s), some of whose files may hold old rows"
                  .formatted(listing.stream(), listing.shown(), name),
              "Write the table's rows as plain Parquet into a folder of their own, then redrive.");
        }
        boolean isFile = object.hasNonNull("id") && !name.equals(".emptyFolderPlaceholder");
        if (isFile && matches(listing.pattern(), name)) {
          found.add(new StoredObject(name, object.path("metadata").path("size").asLong(0)));
        }
      }
      return checked(listing.page(names.size(), names.size() < PAGE, found));
    }
  }

  private Listing checked(Listing listing) throws IOException {
    if (!listing.more() && listing.objects().isEmpty()) {
      throw new PermanentFailure(
          "Stream '%s': there is no object in %s whose name matches"
              .formatted(listing.stream(), listing.shown()),
          "Upload the files or correct the path in data_sources.config, then redrive.");
    }
    if (listing.objects().size() > MAX_OBJECTS) {
      throw new PermanentFailure(
          "Stream '%s': there are more than %,d objects in %s"
              .formatted(listing.stream(), MAX_OBJECTS, listing.shown()),
          "Name fewer of them by a * in the path in data_sources.config, then redrive.");
    }
    downloads.checkRoom(
        whole(listing), listing.objects().stream().mapToLong(StoredObject::bytes).sum());
    return listing;
  }

  /** The next object to fetch. */
  public Download next(Listing listing) {
    int index = listing.fetched().size();
    String name = listing.objects().get(index).name();
    String path = listing.folder().isEmpty() ? name : listing.folder() + "/" + name;
    return new Download(
        sources.url(listing.stream(), new Sources.Place(listing.bucket(), path)),
        listing.bucket() + "/" + path,
        listing.stream(),
        listing.token(),
        listing.directory().resolve(PieceName.file(index, name)));
  }

  public Listing fetched(Listing listing, SourceFile file) {
    return listing.with(file);
  }

  /** All files as one source: the directory, the sum of the sizes, a hash over names and hashes. */
  public SourceFile together(Listing listing) {
    MessageDigest sha256 = Part.sha256();
    long bytes = 0;
    for (int i = 0; i < listing.fetched().size(); i++) {
      SourceFile file = listing.fetched().get(i);
      String line = listing.objects().get(i).name() + "\0" + file.sha256() + "\n";
      sha256.update(line.getBytes(StandardCharsets.UTF_8));
      bytes += file.bytes();
    }
    return new SourceFile(listing.directory(), bytes, HexFormat.of().formatHex(sha256.digest()));
  }

  private static Download whole(Listing listing) {
    return new Download(
        "", listing.shown(), listing.stream(), listing.token(), listing.directory().resolve("x"));
  }

  /**
   * What stands between two stars is taken where it first comes: where that does not match, nothing
   * does. A regular expression would try every place for each star.
   */
  static boolean matches(String pattern, String name) {
    String[] parts = pattern.split("\\*", -1);
    int last = parts.length - 1;
    if (last == 0) {
      return name.equals(pattern);
    }
    int at = name.startsWith(parts[0]) ? parts[0].length() : -1;
    for (int i = 1; i < last && at >= 0; i++) {
      int found = name.indexOf(parts[i], at);
      at = found < 0 ? -1 : found + parts[i].length();
    }
    return at >= 0 && name.length() - parts[last].length() >= at && name.endsWith(parts[last]);
  }

  private static Path emptied(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      try (var files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(directory);
  }
}
