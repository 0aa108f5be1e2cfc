package dev.odyssey.transform.csv;

import dev.odyssey.transform.text.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sees before the engine reads a file whether all of its records are as wide as its layout says:
 * the engine drops an empty field too many in silence, and a record that has one may have been cut
 * at the wrong place; likewise, without a word, a record longer than its buffer. Marks on its way
 * where records begin. At the speed of memory, but for the places that matter; used once.
 */
public final class CsvUniformity {
  private static final int BUFFER = 1 << 20;
  private static final int AHEAD = 8;

  /** With quotes around each name of one letter, as no program writes them twice. */
  private static final int MAX_REPEATED = 3;

  private static final long LINE_FEEDS = Bytes.all((byte) '\n');
  private static final long RETURNS = Bytes.all((byte) '\r');

  /**
   * Before the buffer, by more than the engine's longest record: a line may be longer than the
   * file's first 2 GB.
   */
  private static final int FAR = -2 * BUFFER;

  private final byte[] bytes;
  private final byte[] delimiter;
  private final int quote;
  private final long quoteMask;
  private final byte[] lineEnd;
  private final int delimiters;
  private final boolean hasHeader;
  private byte[] header = {};
  private final CsvMarks marks = new CsvMarks();
  private final CsvStrays strays = new CsvStrays();
  private long linesBefore;
  private long base;
  private long lines;
  private long linesAtStart;
  private long records;
  private int limit;
  private int at;
  private int lineStart;
  private int fieldStart;
  private int count;
  private boolean inQuotes;
  private boolean started;

  private CsvUniformity(CsvLayout layout, long size) {
    this.bytes = Bytes.buffer(BUFFER, size);
    CsvDialect dialect = layout.dialect();
    this.delimiter = dialect.delimiter().getBytes(StandardCharsets.UTF_8);
    this.quote = dialect.quote().isEmpty() ? -1 : dialect.quote().charAt(0);
    this.quoteMask = Bytes.all((byte) (quote < 0 ? '\n' : quote));
    this.lineEnd = layout.lineEnd().getBytes(StandardCharsets.UTF_8);
    this.delimiters = layout.fields() - 1;
    this.hasHeader = !layout.header().isEmpty();
    this.linesBefore = layout.linesBefore();
  }

  /**
   * Marks of its records; empty also where a line ends otherwise, where the header comes again,
   * where a record is longer than the engine takes, where a quote is not at the edge of a field,
   * where one may close what another opened in the field before, and where a field begins with
   * {@code ="}: all that {@link CsvRewriter} has to judge.
   *
   * @param layout of a dialect that doubles quotes, with a line end
   */
  public static Optional<CsvMarks> of(Path file, CsvLayout layout) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      var uniformity = new CsvUniformity(layout, Files.size(file));
      return uniformity.isUniform(in) ? Optional.of(uniformity.marks) : Optional.empty();
    }
  }

  private boolean isUniform(InputStream in) throws IOException {
    for (boolean last = false; !last; ) {
      int room = bytes.length - limit;
      int read = in.readNBytes(bytes, limit, room);
      last = read < room;
      limit += read;
      skipLinesBefore();
      if (lineStart >= 0) {
        marks.add(records, linesAtStart, base + lineStart);
      }
      if (!sweep(last ? limit : limit - AHEAD)) {
        return false;
      }
      if (!last) {
        keepLine();
      }
    }
    return !inQuotes && (lineStart == limit || endLine(limit));
  }

  /** They lie within the first buffer, where the layout was found. */
  private void skipLinesBefore() {
    if (!started && limit >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb) {
      startLine(3); // a byte-order mark
    }
    started = true;
    byte end = lineEnd[lineEnd.length - 1];
    for (; linesBefore > 0 && at < limit; at++) {
      if (bytes[at] == end) {
        linesBefore--;
        lines++;
        header = Arrays.copyOfRange(bytes, lineStart, at + 1 - lineEnd.length);
        startLine(at + 1);
        at--;
      }
    }
    if (linesBefore > 0) {
      startLine(limit);
    }
  }

  private void startLine(int start) {
    at = start;
    lineStart = start;
    linesAtStart = lines;
    fieldStart = start;
    count = 0;
    strays.clear();
  }

  /** Moves what of the line is at hand to the front; of a long one its end, which will do. */
  private void keepLine() {
    int from = Math.min(at, limit - lineStart <= BUFFER / 2 ? lineStart : at - AHEAD);
    System.arraycopy(bytes, from, bytes, 0, limit - from);
    base += from;
    limit -= from;
    at -= from;
    lineStart = Math.max(lineStart - from, FAR);
    fieldStart = Math.max(fieldStart - from, FAR);
  }

  private boolean sweep(int safe) {
    long delimiterMask = Bytes.all(delimiter[0]);
    for (int from = pass(at, safe); from + 8 <= safe; from = pass(from + 8, safe)) {
      long word = Bytes.word(bytes, from);
      for (long hits = ends(word) | Bytes.match(word, delimiterMask); hits != 0; hits &= hits - 1) {
        int place = from + (Long.numberOfTrailingZeros(hits) >> 3);
        if (place >= at && !meet(place)) {
          return false;
        }
      }
      at = Math.max(at, from + 8);
    }
    for (int place = at; place < safe; place++) {
      if (place >= at && !meet(place)) {
        return false;
      }
    }
    at = Math.max(at, safe);
    return true;
  }

  /**
   * Passes words without a quote or a line end, and counts their delimiters.
   *
   * @return where a word follows that has one, or none does
   */
  private int pass(int begin, int safe) {
    if (begin < at || delimiter.length > 1) {
      return begin;
    }
    long delimiterMask = Bytes.all(delimiter[0]);
    boolean cutting = !inQuotes;
    int cut = fieldStart - 1;
    int cuts = 0;
    int from = begin;
    for (; from + 8 <= safe; from += 8) {
      long word = Bytes.word(bytes, from);
      if (ends(word) != 0) {
        break;
      }
      long here = cutting ? Bytes.match(word, delimiterMask) : 0;
      cuts += Long.bitCount(here);
      cut = here == 0 ? cut : from + 7 - (Long.numberOfLeadingZeros(here) >> 3);
    }
    count += cuts;
    fieldStart = cut + 1;
    at = from;
    return from;
  }

  /** Where the word has a quote or the end of a line. */
  private long ends(long word) {
    long ends = Bytes.match(word, quoteMask);
    return Bytes.hasControl(word)
        ? ends | Bytes.match(word, LINE_FEEDS) | Bytes.match(word, RETURNS)
        : ends;
  }

  /** Looks at one byte; moves on where more than that is read. False where it is out of order. */
  private boolean meet(int place) {
    byte b = bytes[place];
    if (b == quote) {
      return meetQuote(place);
    }
    if (inQuotes) {
      lines += b == '\n' || (b == '\r' && next(place) != '\n') ? 1 : 0;
      return true;
    }
    if (startsWith(delimiter, place)) {
      count++;
      fieldStart = place + delimiter.length;
      at = fieldStart;
      return true;
    }
    if (b != '\n' && b != '\r') {
      return true;
    }
    return startsWith(lineEnd, place)
        && (lineEnd.length > 1 || b == '\n' || next(place) != '\n')
        && endLine(place);
  }

  private boolean meetQuote(int place) {
    if (!inQuotes) {
      inQuotes = place == fieldStart;
      return inQuotes || isStray(place);
    }
    int next = next(place);
    if (next == quote) {
      at = place + 2;
      return !wraps(place);
    }
    inQuotes = false;
    return isEnd(next);
  }

  private boolean isEnd(int next) {
    return next < 0 || next == '\n' || next == '\r' || next == delimiter[0];
  }

  /** No more than a character of its field. */
  private boolean isStray(int place) {
    return bytes[place - 1] != ' '
        && bytes[place - 1] != '\t'
        && !wraps(place)
        && !strays.mayClose(count, isEnd(next(place)));
  }

  /** True where the field begins as {@code ="001"}, in quotes or not, which is a text for Excel. */
  private boolean wraps(int place) {
    int sign = place - 1;
    return sign >= 0
        && bytes[sign] == '='
        && quote == '"'
        && (sign == fieldStart || (inQuotes && sign == fieldStart + 1));
  }

  private int next(int place) {
    return place + 1 < limit ? bytes[place + 1] : -1;
  }

  private boolean startsWith(byte[] text, int place) {
    return bytes[place] == text[0]
        && (text.length == 1
            || (place + text.length <= limit
                && Arrays.equals(bytes, place, place + text.length, text, 0, text.length)));
  }

  private boolean endLine(int end) {
    boolean isSound =
        end == lineStart
            || (count == delimiters
                && end - lineStart <= CsvLayout.ENGINE_MAX_RECORD
                && !isHeader(end));
    lines++;
    records += end == lineStart ? 0 : 1; // the engine passes over empty lines
    startLine(Math.min(end + lineEnd.length, limit));
    return isSound;
  }

  /**
   * Also in other quotes, or behind the byte-order mark of a file that was joined to the one
   * before.
   */
  private boolean isHeader(int end) {
    if (!hasHeader || lineStart < 0 || end - lineStart > MAX_REPEATED * header.length + AHEAD) {
      return false;
    }
    boolean marked = end - lineStart > 3 && bytes[lineStart] == (byte) 0xef;
    int place = marked ? lineStart + 3 : lineStart;
    int known = 0;
    while (place < end || known < header.length) {
      if (place < end && bytes[place] == quote) {
        place++;
      } else if (known < header.length && header[known] == quote) {
        known++;
      } else if (place == end || known == header.length || bytes[place++] != header[known++]) {
        return false;
      }
    }
    return true;
  }
}
