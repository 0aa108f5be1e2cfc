package dev.odyssey.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.queue.Attempt;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/** Tells whether a source is still what the stream's last completed run read. Stateless. */
public final class LastSources {
  private static final List<String> PARTS =
      List.of("stream", "source", "fieldMappings", "sourceSchema");

  private final ObjectMapper json;
  private final String rules;
  private final Predicate<String> isStored;

  /**
   * @param rules what a snapshot depends on besides source and definition, such as the release
   * @param isStored whether the bucket holds the snapshot that a pointer names
   */
  public LastSources(ObjectMapper json, String rules, Predicate<String> isStored) {
    this.json = json;
    this.rules = rules;
    this.isStored = isStored;
  }

  /** The ETag to ask with; null where the source has to be read anyway. */
  public String etag(Attempt attempt) {
    LastSource last = comparable(attempt);
    return last == null || last.etag() == null || !isStored.test(last.snapshotPath())
        ? null
        : last.etag();
  }

  /** True where a sync would publish again what the pointer names already, and that is there. */
  public boolean isUnchanged(Attempt attempt, SourceFile source) {
    LastSource last = comparable(attempt);
    if (last == null || source.sha256() == null) {
      return last != null; // it was asked for by the ETag, which is told of a stored one alone
    }
    return source.sha256().equals(last.sha256()) && isStored.test(last.snapshotPath());
  }

  /** What to remember of a source that was read, or found unchanged. */
  public LastSource read(Attempt attempt, SourceFile source) {
    LastSource last = comparable(attempt);
    boolean isLast = source.sha256() == null && last != null;
    return new LastSource(
        isLast && source.etag() == null ? last.etag() : source.etag(),
        isLast ? last.sha256() : source.sha256(),
        hash(attempt),
        attempt.previousSnapshot(),
        last == null ? 0 : last.totalRows(),
        last == null ? 0 : last.fileSizeBytes());
  }

  /** Null where there is none, or its snapshot is another one than the pointer's. */
  private LastSource comparable(Attempt attempt) {
    JsonNode node = attempt.definition().path("lastSource");
    if (!node.isObject()) {
      return null;
    }
    try {
      LastSource last = json.treeToValue(node, LastSource.class);
      boolean current =
          hash(attempt).equals(last.definitionHash())
              && last.snapshotPath() != null
              && last.snapshotPath().equals(attempt.previousSnapshot());
      return current ? last : null;
    } catch (JsonProcessingException e) {
      return null; // not what we wrote: the source is read as if for the first time
    }
  }

  private String hash(Attempt attempt) {
    var sha256 = Part.sha256();
    sha256.update(rules.getBytes(StandardCharsets.UTF_8));
    for (String part : PARTS) {
      String text = attempt.definition().path(part).toString();
      sha256.update((byte) 0); // so that no part can pass for another
      sha256.update(text.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(sha256.digest());
  }
}
