package dev.odyssey.transform;

import com.github.luben.zstd.ZstdInputStream;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.SourceFile.Format;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Decompresses and transcodes, streaming, into the job's directory. Plain files let the engine read
 * on all threads, which it cannot do in a gzip stream; the limit stops a decompression bomb.
 */
final class Unpacker {
  private static final int BUFFER = 1 << 16;
  private static final String ADVICE = "Upload a sound file, then redrive the job.";

  private final String stream;
  private final Path directory;
  private final long maxBytes;

  Unpacker(String stream, Path directory, long maxBytes) {
    this.stream = stream;
    this.directory = directory;
    this.maxBytes = maxBytes;
  }

  /** The file itself where it is not compressed. */
  Path decompress(Path file) throws IOException {
    FileSignature signature = FileSignature.of(file);
    if (signature != FileSignature.GZIP && signature != FileSignature.ZSTD) {
      requireWithinLimit(Files.size(file));
      return file;
    }
    Path plain = directory.resolve("source.plain");
    try (InputStream in = stream(file, signature);
        OutputStream out = Files.newOutputStream(plain)) {
      copy(in, out);
    } catch (ZipException | EOFException | com.github.luben.zstd.ZstdIOException e) {
      throw new PermanentFailure(
          "Stream %s: the source file is damaged %s: %s."
              .formatted(Names.shown(stream), signature.shown(), e.getMessage()),
          ADVICE,
          null,
          e);
    }
    return plain;
  }

  /** The file itself where it is UTF-8 already; JSON loses its byte-order mark. */
  Path toUtf8(Path file, Charset charset, Format format) throws IOException {
    boolean utf8 = charset.equals(StandardCharsets.UTF_8);
    if (utf8 && (format == Format.CSV || !TextEncoding.hasUtf8Mark(file))) {
      return file;
    }
    Path text = directory.resolve("source.utf8");
    CodingErrorAction onUnmappable =
        charset.equals(TextEncoding.WINDOWS_1252)
            ? CodingErrorAction.REPLACE
            : CodingErrorAction.REPORT;
    try (Reader in =
            new InputStreamReader(
                Files.newInputStream(file),
                charset
                    .newDecoder()
                    .onMalformedInput(onUnmappable)
                    .onUnmappableCharacter(onUnmappable));
        BufferedWriter out = Files.newBufferedWriter(text)) {
      copy(in, out);
    } catch (CharacterCodingException e) {
      throw new PermanentFailure(
          "Stream %s: the source file is not %s.".formatted(Names.shown(stream), charset.name()),
          "Correct the encoding in the data source's config or leave it out to have it detected.",
          null,
          e);
    }
    return text;
  }

  private static InputStream stream(Path file, FileSignature signature) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      return signature == FileSignature.GZIP
          ? new GZIPInputStream(in, BUFFER)
          : new ZstdInputStream(in);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long total = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      total += read;
      requireWithinLimit(total);
      out.write(buffer, 0, read);
    }
  }

  private static void copy(Reader in, BufferedWriter out) throws IOException {
    char[] buffer = new char[BUFFER];
    int read = in.read(buffer);
    int start = read > 0 && buffer[0] == '\ufeff' ? 1 : 0;
    for (; read >= 0; read = in.read(buffer)) {
      out.write(buffer, start, read - start);
      start = 0;
    }
  }

  private void requireWithinLimit(long bytes) {
    if (bytes > maxBytes) {
      throw new PermanentFailure(
          "Stream %s: the source file is larger than %,d bytes."
              .formatted(Names.shown(stream), maxBytes),
          "Split the file or raise the limit on source files, then redrive the job.");
    }
  }
}
