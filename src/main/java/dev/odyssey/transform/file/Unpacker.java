package dev.odyssey.transform.file;

import com.github.luben.zstd.ZstdInputStream;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.options.SourceOption;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.text.Names;
import dev.odyssey.transform.text.TextEncoding;
import java.io.BufferedWriter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Takes a source file apart into plain data files: a folder's files, an archive's members, what is
 * compressed. Plain files let the engine read on all threads, which it cannot do in a gzip stream;
 * {@link Scratch} stops a decompression bomb.
 */
public final class Unpacker {
  public static final String ADVICE = "Upload a sound file, then redrive the job.";
  private static final int BUFFER = 1 << 16;
  private static final int MAX_WRAPPINGS = 3;
  private static final int XZ_MEMORY_KIB = 128 << 10;

  private final String stream;
  private final SourceOptions options;
  private final Scratch scratch;

  public Unpacker(SourceOptions options, Scratch scratch) {
    this.stream = options.stream();
    this.options = options;
    this.scratch = scratch;
  }

  /** The pieces in the order of their files' names ({@link PieceName}); at least one. */
  public List<Piece> unpack(Piece source) throws IOException {
    if (!Files.isDirectory(source.path())) {
      return unpackFile(source);
    }
    List<Piece> pieces = new ArrayList<>();
    try (Stream<Path> files = Files.list(source.path())) {
      for (Path file : files.sorted().toList()) {
        Path piece = scratch.path("piece"); // beside it, readers may put files of their own
        Files.deleteIfExists(piece);
        pieces.addAll(unpackFile(new Piece(Files.createLink(piece, file), PieceName.of(file))));
      }
    }
    return pieces;
  }

  private List<Piece> unpackFile(Piece file) throws IOException {
    Piece plain = decompress(file);
    if (FileSignature.of(plain.path()) != FileSignature.ZIP) {
      return List.of(plain);
    }
    try (ZipArchive zip = ZipArchive.open(plain, stream)) {
      return zip.isDocument() ? List.of(plain) : members(zip);
    }
  }

  private List<Piece> members(ZipArchive zip) throws IOException {
    List<String> wanted = options.texts(SourceOption.MEMBERS);
    List<Piece> pieces = new ArrayList<>();
    for (ZipArchive.Member member : zip.members(wanted)) {
      scratch.requireRoom(member.size());
      Path file = scratch.path("member");
      try (OutputStream out = scratch.open(file)) {
        zip.unpack(member, out);
      } catch (IOException e) {
        throw damaged(e, "ZIP member " + Names.shown(member.name()));
      }
      Piece piece = decompress(new Piece(file, member.name()));
      if (FileSignature.of(piece.path()) == FileSignature.ZIP && !isDocument(piece)) {
        throw new PermanentFailure(
            "Stream %s: %s is an archive within the archive, which is not opened."
                .formatted(Names.shown(stream), Names.shown(member.name())),
            "Put the data files directly into one archive, then redrive the job.");
      }
      pieces.add(piece);
    }
    return pieces;
  }

  private boolean isDocument(Piece piece) throws IOException {
    try (ZipArchive zip = ZipArchive.open(piece, stream)) {
      return zip.isDocument();
    }
  }

  /** The file itself where it is not compressed; some tools compress twice. */
  private Piece decompress(Piece file) throws IOException {
    Piece plain = decompressOnce(file);
    for (int i = 1; i < MAX_WRAPPINGS && FileSignature.of(plain.path()).isCompressed(); i++) {
      plain = decompressOnce(plain);
    }
    return plain;
  }

  private Piece decompressOnce(Piece file) throws IOException {
    FileSignature signature = FileSignature.of(file.path());
    if (!signature.isCompressed()) {
      scratch.requireWithinLimit(Files.size(file.path()));
      return file;
    }
    Path plain = scratch.path("plain");
    try (InputStream packed = Files.newInputStream(file.path());
        OutputStream out = scratch.open(plain);
        InputStream in = stream(packed, signature, Files.size(file.path()))) {
      in.transferTo(out);
    } catch (IOException e) {
      throw damaged(e, signature.shown());
    }
    return new Piece(plain, file.name());
  }

  /**
   * zstd-jni takes what a finished frame left of its buffer for an end, however cut the next frame
   * is: a buffer of its own for the last byte makes it look again.
   */
  private static InputStream stream(InputStream packed, FileSignature signature, long size)
      throws IOException {
    return switch (signature) {
      case GZIP -> new GzipMembers(packed);
      case BZIP2 -> new BZip2CompressorInputStream(packed, true);
      case XZ ->
          XZCompressorInputStream.builder()
              .setInputStream(packed)
              .setDecompressConcatenated(true)
              .setMemoryLimitKiB(XZ_MEMORY_KIB)
              .get();
      default -> new ZstdInputStream(new SequenceInputStream(new Head(packed, size - 1), packed));
    };
  }

  /** Only the disk's own errors are worth another attempt. */
  private IOException damaged(IOException e, String what) {
    if (e instanceof FileSystemException
        || String.valueOf(e.getMessage()).contains("No space left")) {
      return e;
    }
    throw new PermanentFailure(
        "Stream %s: the source file is damaged %s: %s."
            .formatted(
                Names.shown(stream),
                what,
                e.getMessage() == null ? "it ends too early" : e.getMessage()),
        ADVICE,
        null,
        e);
  }

  /** The file itself where it is UTF-8 already. */
  public Path toUtf8(Path file, Charset charset) throws IOException {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return file;
    }
    Path text = scratch.path("utf8");
    try (Reader in = reader(file, charset);
        BufferedWriter out =
            new BufferedWriter(
                new OutputStreamWriter(scratch.open(text), StandardCharsets.UTF_8))) {
      copy(in, out);
    } catch (CharacterCodingException e) {
      throw notIn(charset, e);
    }
    return text;
  }

  /** Fails with {@link CharacterCodingException} at the first bytes that are no such text. */
  public static Reader reader(Path file, Charset charset) throws IOException {
    CodingErrorAction onUnmappable =
        charset.equals(TextEncoding.WINDOWS_1252)
            ? CodingErrorAction.REPLACE
            : CodingErrorAction.REPORT;
    return new InputStreamReader(
        Files.newInputStream(file),
        charset.newDecoder().onMalformedInput(onUnmappable).onUnmappableCharacter(onUnmappable));
  }

  public PermanentFailure notIn(Charset charset, CharacterCodingException cause) {
    return new PermanentFailure(
        "Stream %s: the source file is not %s.".formatted(Names.shown(stream), charset.name()),
        "Correct the encoding in the data source's config or leave it out to have it detected.",
        null,
        cause);
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

  /** The first bytes of a stream that others read on. */
  private static final class Head extends FilterInputStream {
    private long left;

    Head(InputStream in, long bytes) {
      super(in);
      this.left = bytes;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = left <= 0 ? -1 : in.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    }

    @Override
    public void close() {}
  }
}
