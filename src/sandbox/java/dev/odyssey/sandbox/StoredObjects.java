package dev.odyssey.sandbox;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Supabase Storage answers to a download, a file of {@code folder/bucket/path}, or to the
 * listing of a folder; or its error.
 *
 * <p>Codes and texts are those of supabase/storage, src/internal/errors/codes.ts: nearly every
 * error has HTTP status 400 and tells the truth in its JSON. Stateless.
 */
final class StoredObjects {

  private static final Pattern ROUTE =
      Pattern.compile("/storage/v1/object/authenticated/([^/?]+)/([^?]*)(?:\\?.*)?");
  private static final Pattern LIST = Pattern.compile("/storage/v1/object/list/([^/?]+)");
  private static final Pattern VALID_KEY = Pattern.compile("[\\w/!.*'() &$@=;:+,?-]+");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  private final Path folder;
  private final String serviceKey;

  StoredObjects(Path folder, String serviceKey) {
    this.folder = folder;
    this.serviceKey = serviceKey;
  }

  Answer answer(ReceivedRequest request) throws IOException {
    Matcher list = LIST.matcher(request.path());
    if (request.method().equals("POST") && list.matches()) {
      Optional<Answer> refusal = refusal(request);
      return refusal.isPresent()
          ? refusal.get()
          : new StoredNames(folder).list(decoded(list.group(1)), request.body());
    }
    Matcher route = ROUTE.matcher(request.path());
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    if (!reads || !route.matches()) {
      String message = "Route " + request.method() + ":" + request.path() + " not found";
      return Answer.error(404, "404", "Not Found", null, message);
    }
    Optional<Answer> refusal = refusal(request);
    return refusal.isPresent()
        ? refusal.get()
        : object(request, decoded(route.group(1)), decoded(route.group(2)));
  }

  private Optional<Answer> refusal(ReceivedRequest request) {
    Optional<String> authorization = request.header("Authorization");
    if (authorization.isEmpty()) {
      String message = "headers must have required property 'authorization'";
      return Optional.of(Answer.error(400, "400", "Error", "InvalidRequest", message));
    }
    return authorization.get().equals("Bearer " + serviceKey)
        ? Optional.empty()
        : Optional.of(
            Answer.error(400, "403", "Unauthorized", "AccessDenied", "Invalid Compact JWS"));
  }

  private Answer object(ReceivedRequest request, String bucket, String key) throws IOException {
    if (!isSafe(bucket) || !isSafe(key)) {
      return Answer.error(400, "400", "InvalidKey", "InvalidKey", "Invalid key: " + key);
    }
    if (!Files.isDirectory(folder.resolve(bucket))) {
      return Answer.error(400, "404", "Bucket not found", "NoSuchBucket", "Bucket not found");
    }
    Path file = folder.resolve(bucket).resolve(key);
    return Files.isRegularFile(file)
        ? content(request, file)
        : Answer.error(400, "404", "not_found", "NoSuchKey", "Object not found");
  }

  private static Answer content(ReceivedRequest request, Path file) throws IOException {
    long size = Files.size(file);
    var modified = Files.getLastModifiedTime(file).toInstant();
    String etag = "\"%x-%x\"".formatted(modified.toEpochMilli(), size);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ETag", etag);
    headers.put(
        "Last-Modified",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(modified.atOffset(ZoneOffset.UTC)));
    headers.put("Content-Type", "application/octet-stream");
    headers.put("Accept-Ranges", "bytes");

    if (request.header("If-None-Match").filter(etag::equals).isPresent()) {
      return Answer.empty(304, headers);
    }
    boolean wholeWanted = request.header("If-Range").filter(tag -> !tag.equals(etag)).isPresent();
    Matcher range = RANGE.matcher(request.header("Range").orElse(""));
    return wholeWanted || !range.matches()
        ? Answer.part(200, headers, file, 0, size)
        : range(range, headers, file, size);
  }

  /** {@code bytes=5-9}, {@code bytes=5-} or, the last five, {@code bytes=-5}. */
  private static Answer range(Matcher range, Map<String, String> headers, Path file, long size) {
    boolean suffix = range.group(1).isEmpty();
    long last = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
    long from = suffix ? Math.max(0, size - last) : Long.parseLong(range.group(1));
    long to = suffix ? size - 1 : Math.min(last, size - 1);
    if (from > to) {
      return Answer.error(400, "400", "invalid_range", "InvalidRange", "invalid range provided");
    }
    return Answer.part(206, headers, file, from, to - from + 1)
        .with("Content-Range", "bytes %d-%d/%d".formatted(from, to, size));
  }

  private static boolean isSafe(String path) {
    return VALID_KEY.matcher(path).matches()
        && Arrays.stream(path.split("/", -1))
            .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }

  /** Empty, and so no valid key, where the percent-encoding is broken. */
  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
