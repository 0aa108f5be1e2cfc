package dev.odyssey.transform.excel;

import dev.odyssey.transform.file.Scratch;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * A workbook's table of shared texts, on disk, for there may be millions: the texts in one file,
 * where each begins in another. Not thread-safe.
 */
final class SharedTexts implements AutoCloseable {
  private static final int CACHED = 20_000;
  private static final int CACHED_LENGTH = 100;

  private final FileChannel texts;
  private final FileChannel starts;
  private final long count;
  private final Map<Integer, String> cache =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, String> eldest) {
          return size() > CACHED;
        }
      };

  private SharedTexts(Path texts, Path starts) throws IOException {
    this.texts = FileChannel.open(texts);
    this.starts = FileChannel.open(starts);
    this.count = this.starts.size() / Long.BYTES - 1;
  }

  /**
   * @param xml null where the workbook has no such table
   */
  static SharedTexts read(InputStream xml, Path path, Scratch scratch)
      throws IOException, SAXException {
    Path starts = path.resolveSibling(path.getFileName() + ".starts");
    try (xml;
        DataOutputStream texts = new DataOutputStream(scratch.open(path));
        DataOutputStream offsets = new DataOutputStream(scratch.open(starts))) {
      offsets.writeLong(0);
      if (xml != null) {
        Xml.parse(xml, new Writing(texts, offsets));
      }
    }
    return new SharedTexts(path, starts);
  }

  /**
   * @throws IllegalArgumentException for a number that the table has not
   */
  String text(int index) {
    String cached = cache.get(index);
    if (cached != null) {
      return cached;
    }
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException("there is no shared text number " + index);
    }
    try {
      ByteBuffer range = bytes(starts, (long) index * Long.BYTES, 2 * Long.BYTES);
      long start = range.getLong();
      ByteBuffer text = bytes(texts, start, Math.toIntExact(range.getLong() - start));
      String found = StandardCharsets.UTF_8.decode(text).toString();
      if (found.length() <= CACHED_LENGTH) {
        cache.put(index, found);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A channel may give less than it is asked for. */
  private static ByteBuffer bytes(FileChannel file, long start, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    int read;
    do {
      read = file.read(bytes, start + bytes.position());
    } while (read >= 0 && bytes.hasRemaining());
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    texts.close();
    starts.close();
  }

  /** An item's text is that of its runs, without the phonetic ones. */
  private static final class Writing extends DefaultHandler {
    private final DataOutputStream texts;
    private final DataOutputStream offsets;
    private final TextElement text = new TextElement();
    private long end;

    private Writing(DataOutputStream texts, DataOutputStream offsets) {
      this.texts = texts;
      this.offsets = offsets;
    }

    @Override
    public void startElement(String uri, String name, String qualified, Attributes attributes) {
      if (name.equals("si")) {
        text.clear();
      }
      text.start(name);
    }

    @Override
    public void characters(char[] chars, int start, int length) {
      text.characters(chars, start, length);
    }

    @Override
    public void endElement(String uri, String name, String qualified) throws SAXException {
      text.end(name);
      if (name.equals("si")) {
        try {
          byte[] bytes = text.decoded().getBytes(StandardCharsets.UTF_8);
          texts.write(bytes);
          end += bytes.length;
          offsets.writeLong(end);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
