package dev.odyssey.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.cancellation.Cancellation;
import dev.odyssey.cancellation.Cancellations;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.RetryAfter;
import dev.odyssey.failure.Shown;
import dev.odyssey.failure.TransientFailure;
import dev.odyssey.work.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a storage answer: its bytes into the download's file, or its error into a failure.
 *
 * <p>Streams; holds no more than a buffer in memory. Repeatable: a broken download goes on where it
 * broke off, where the object's strong ETag allows, else it begins anew.
 */
public final class Downloads {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");
  private static final long TELL_NANOS = 1_000_000_000;
  private static final String AGAIN =
      "The storage service or the network cut it; it is tried again.";

  private final SourceSettings settings;
  private final Refusals refusals;
  private final Cancellations cancellations;
  private final BiConsumer<UUID, Progress> watcher;

  /**
   * @param watcher is told each second where an attempt, by its token, stands
   */
  public Downloads(
      SourceSettings settings,
      ObjectMapper json,
      Cancellations cancellations,
      BiConsumer<UUID, Progress> watcher) {
    this.settings = settings;
    this.refusals = new Refusals(json);
    this.cancellations = cancellations;
    this.watcher = watcher;
  }

  /** Whether a part is there, so that only the rest need be asked for. */
  public boolean isResumable(Download download) {
    return part(download).isResumable();
  }

  /** The header {@code Range} of a request for the rest. */
  public String range(Download download) throws IOException {
    return "bytes=%d-".formatted(part(download).bytes());
  }

  /** The header {@code If-Range}: the rest only of the same object, else the whole. */
  public String ifRange(Download download) throws IOException {
    return part(download).tag();
  }

  /**
   * @param status the HTTP status
   * @param headers of the answer, by name in any case
   * @param body null for none
   * @return without a hash, and without a file, where the object is still the one asked about
   * @throws TransientFailure for an answer that may be better later, or an incomplete body
   * @throws PermanentFailure for any other answer than the object, and for a file over the limit
   * @throws dev.odyssey.cancellation.Stopped when the attempt was told to stop meanwhile
   */
  public SourceFile save(
      Download download, int status, Map<String, Object> headers, InputStream body)
      throws IOException {
    try (InputStream in = body == null ? InputStream.nullInputStream() : body) {
      Part part = part(download);
      return switch (status) {
        case 200 -> {
          Long length = number(headers, "Content-Length");
          checkRoom(download, length);
          part.begin(text(headers, "ETag"));
          Files.write(download.file(), new byte[0]);
          yield append(download, length, Part.sha256(), in).taggedAs(text(headers, "ETag"));
        }
        case 206 -> {
          Long length = wholeLength(part, text(headers, "Content-Range"));
          checkRoom(download, length);
          yield append(download, length, part.digest(), in).taggedAs(text(headers, "ETag"));
        }
        case 304 -> unchanged(download, headers, in);
        case 416 -> {
          part.forget();
          throw new TransientFailure(
              "Stream '%s': the rest of %s is not there"
                  .formatted(download.stream(), download.name()),
              "It is downloaded anew.");
        }
        default -> throw refusals.refusal(download, status, rest(headers), in);
      };
    }
  }

  private SourceFile unchanged(Download download, Map<String, Object> headers, InputStream body)
      throws IOException {
    if (download.etag() == null) {
      throw refusals.refusal(download, 304, rest(headers), body); // nobody asked
    }
    return new SourceFile(download.file(), 0, null, download.etag());
  }

  /** Null where the server does not say. */
  private static Long wholeLength(Part part, String contentRange) throws IOException {
    Matcher range = RANGE.matcher(contentRange == null ? "" : contentRange);
    if (!part.isResumable() || !range.matches() || Long.parseLong(range.group(1)) != part.bytes()) {
      part.forget();
      throw new TransientFailure(
          "Storage answered with another range than asked for: " + Shown.text(contentRange),
          "The file is downloaded anew.");
    }
    return Long.valueOf(range.group(2));
  }

  private SourceFile append(Download download, Long length, MessageDigest sha256, InputStream body)
      throws IOException {
    Cancellation cancellation = cancellations.of(download.token());
    long end = System.nanoTime() + settings.downloadTimeLimit().toNanos();
    long bytes = Files.size(download.file());
    long told = 0;
    try (OutputStream out = Files.newOutputStream(download.file(), StandardOpenOption.APPEND)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        cancellation.check();
        bytes += n;
        requireWithinLimits(download, bytes, end);
        out.write(buffer, 0, n);
        sha256.update(buffer, 0, n);
        if (System.nanoTime() - told > TELL_NANOS) {
          told = System.nanoTime();
          watcher.accept(download.token(), progress(bytes, length));
        }
      }
    }
    if (length != null && bytes != length) {
      if (bytes > length) {
        part(download).forget(); // what is there cannot be a beginning of it
      }
      throw new TransientFailure(
          "Stream '%s': the download of %s ended after %d of %d bytes"
              .formatted(download.stream(), download.name(), bytes, length),
          AGAIN);
    }
    part(download).forget();
    return new SourceFile(download.file(), bytes, HexFormat.of().formatHex(sha256.digest()));
  }

  private static Progress progress(long bytes, Long length) {
    double percent = length == null || length == 0 ? 0 : 100.0 * bytes / length;
    return new Progress("downloading the source file", percent, 0, bytes);
  }

  private void requireWithinLimits(Download download, long bytes, long end) {
    if (bytes > settings.maxSourceBytes()) {
      throw tooLarge(download);
    }
    if (System.nanoTime() > end) {
      throw new TransientFailure(
          "Stream '%s': the download of %s took longer than DOWNLOAD_TIMEOUT_SECONDS (%d), %d bytes are here"
              .formatted(
                  download.stream(),
                  download.name(),
                  settings.downloadTimeLimit().toSeconds(),
                  bytes),
          "It goes on where it stopped; look at the network, or raise the limit.");
    }
  }

  void checkRoom(Download download, Long length) throws IOException {
    if (length == null) {
      return;
    }
    if (length > settings.maxSourceBytes()) {
      throw tooLarge(download);
    }
    long free = Files.getFileStore(download.file().getParent()).getUsableSpace();
    if (length > free) {
      throw new TransientFailure(
          "Stream '%s': %s has %d bytes, but the disk under WORK_DIR has only %d free"
              .formatted(download.stream(), download.name(), length, free),
          "Give WORK_DIR a larger disk.");
    }
  }

  private PermanentFailure tooLarge(Download download) {
    return new PermanentFailure(
        "Stream '%s': %s is larger than MAX_SOURCE_BYTES (%d)"
            .formatted(download.stream(), download.name(), settings.maxSourceBytes()),
        "Raise MAX_SOURCE_BYTES if such files are expected, then redrive the run.");
  }

  /** What an answer means that is not the one asked for. */
  RuntimeException refused(Download download, int status, InputStream body) throws IOException {
    return refusals.refusal(download, status, null, body);
  }

  private static Duration rest(Map<String, Object> headers) {
    return RetryAfter.parse(text(headers, "Retry-After"), Instant.now());
  }

  private static Part part(Download download) {
    return new Part(download.file());
  }

  private static String text(Map<String, Object> headers, String name) {
    Object value = headers.get(name);
    return value == null ? null : value.toString();
  }

  private static Long number(Map<String, Object> headers, String name) {
    String text = text(headers, name);
    return text == null || !text.matches("\\d{1,18}") ? null : Long.valueOf(text);
  }
}
