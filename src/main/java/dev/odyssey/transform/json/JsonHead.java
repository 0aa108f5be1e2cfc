package dev.odyssey.transform.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a file that should be CSV is JSON, such as the answer of a storage that refused the
 * download: read as CSV, it would be a table without rows. Stateless.
 */
public final class JsonHead {
  private static final int BYTES = 1 << 16;
  private static final int LONGEST_WORD = 8;
  private static final JsonFactory JSON = new JsonFactory();

  private JsonHead() {}

  /** True where all of its beginning is sound JSON and holds an object. */
  public static boolean isJson(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(BYTES);
    }
    String text =
        new String(head, StandardCharsets.ISO_8859_1)
            .replaceFirst("^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)", "")
            .replace("\0", "");
    boolean object = false;
    try (JsonParser parser = JSON.createParser(text)) {
      for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
        object |= t == JsonToken.START_OBJECT;
      }
      return object;
    } catch (JsonEOFException cut) {
      return object;
    } catch (JsonProcessingException e) {
      boolean cut = e.getLocation().getCharOffset() >= text.length() - LONGEST_WORD;
      return object && cut && head.length == BYTES;
    }
  }
}
