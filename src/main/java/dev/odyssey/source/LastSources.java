package dev.odyssey.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.queue.Attempt;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Tells whether a source is still what the stream's last completed run read. Stateless. */
public final class LastSources {
  private static final List<String> PARTS =
      List.of("stream", "source", "fieldMappings", "sourceSchema");

  private final ObjectMapper json;
  private final String rules;

  /**
   * @param rules what a snapshot depends on besides source and definition, such as the release
   */
  public LastSources(ObjectMapper json, String rules) {
    this.json = json;
    this.rules = rules;
  }

  /** The ETag to ask with; null where the source has to be read anyway. */
  public String etag(Attempt attempt) {
    LastSource last = comparable(attempt);
    return last == null ? null : last.etag();
  }

  /** True where a sync would publish again what the pointer names already. */
  public boolean isUnchanged(Attempt attempt, SourceFile source) {
    LastSource last = comparable(attempt);
    return last != null && (source.sha256() == null || source.sha256().equals(last.sha256()));
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
