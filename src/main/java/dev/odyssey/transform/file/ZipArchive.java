package dev.odyssey.transform.file;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.text.Names;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A ZIP archive by its central directory, zip64 included. Names of members only choose and tell: no
 * file is ever made under one. Not thread-safe.
 */
public final class ZipArchive implements AutoCloseable {
  private static final int MAX_MEMBERS = 10_000;
  private static final int HEAD = 1 << 16;

  private final ZipFile zip;
  private final String stream;

  /**
   * @param size as the directory declares it, which need not be true
   */
  record Member(String name, long size, ZipArchiveEntry entry) {}

  private ZipArchive(ZipFile zip, String stream) {
    this.zip = zip;
    this.stream = stream;
  }

  public static ZipArchive open(Piece file, String stream) throws IOException {
    try {
      return new ZipArchive(
          ZipFile.builder().setPath(file.path()).setIgnoreLocalFileHeader(true).get(), stream);
    } catch (java.nio.file.FileSystemException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw damaged(stream, e);
    }
  }

  private static PermanentFailure damaged(String stream, Exception cause) {
    return new PermanentFailure(
        "Stream %s: the source file is a damaged ZIP archive: %s."
            .formatted(Names.shown(stream), cause.getMessage()),
        Unpacker.ADVICE,
        null,
        cause);
  }

  /** True for an office file, which is a ZIP archive inside. */
  boolean isDocument() {
    return has("[Content_Types].xml") || has("mimetype");
  }

  /** By what it unpacks to, not by what it declares. */
  public boolean isLonger(String name, long bytes) throws IOException {
    ZipArchiveEntry entry = zip.getEntry(name);
    if (entry == null) {
      return false;
    }
    try (InputStream in = zip.getInputStream(entry)) {
      long left = bytes;
      byte[] buffer = new byte[1 << 16];
      for (int read = 0; read >= 0 && left >= 0; left -= Math.max(read, 0)) {
        read = in.read(buffer);
      }
      return left < 0;
    }
  }

  /** True for the other form of an office file, with namespaces of its own. */
  public boolean isStrict() throws IOException {
    ZipArchiveEntry relations = zip.getEntry("_rels/.rels");
    if (relations == null) {
      return false;
    }
    try (InputStream in = zip.getInputStream(relations)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8)
          .contains("http://purl.oclc.org/ooxml/");
    } catch (java.nio.file.FileSystemException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw damaged(stream, e);
    }
  }

  public boolean has(String name) {
    return zip.getEntry(name) != null;
  }

  /**
   * The data files, by name; folders and what macOS and Windows leave behind are passed over.
   *
   * @param wanted names or globs; empty for all
   */
  List<Member> members(List<String> wanted) {
    List<Member> members = new ArrayList<>();
    for (ZipArchiveEntry entry : java.util.Collections.list(zip.getEntries())) {
      if (!entry.isDirectory() && !isLeftover(entry.getName())) {
        members.add(new Member(entry.getName(), Math.max(entry.getSize(), 0), entry));
      }
    }
    members.sort(Comparator.comparing(Member::name));
    List<Member> chosen =
        members.stream().filter(m -> wanted.isEmpty() || matches(wanted, m.name())).toList();
    if (members.isEmpty()) {
      throw fault("the archive is empty");
    }
    if (chosen.isEmpty()) {
      throw fault(
          "the archive has no member %s; it has %s"
              .formatted(
                  Names.shown(wanted), Names.shown(members.stream().map(Member::name).toList())));
    }
    if (chosen.size() > MAX_MEMBERS) {
      throw fault(
          "the archive has %,d members, more than %,d".formatted(chosen.size(), MAX_MEMBERS),
          "Put the rows into fewer files, or name some by the source option members, then redrive"
              + " the job.");
    }
    chosen.forEach(this::requireReadable);
    requireDistinct(chosen);
    requireApart(chosen);
    return chosen;
  }

  /** What was packed; the library gives whatever it finds. */
  void unpack(Member member, OutputStream out) throws IOException {
    try (var in = new CheckedInputStream(zip.getInputStream(member.entry()), new CRC32())) {
      in.transferTo(out);
      if (in.getChecksum().getValue() != member.entry().getCrc()) {
        throw new IOException("its checksum is that of other data");
      }
    }
  }

  /** Whether the second stands in place of the first or beside it, nobody says. */
  private void requireDistinct(List<Member> members) {
    for (int i = 1; i < members.size(); i++) {
      String name = members.get(i).name();
      if (name.equals(members.get(i - 1).name())) {
        throw fault("the archive has two members of the name " + Names.shown(name));
      }
    }
  }

  /** A bomb of a few kilobytes gives one packed text many names. */
  private void requireApart(List<Member> members) {
    long end = -1;
    for (ZipArchiveEntry entry :
        members.stream()
            .map(Member::entry)
            .sorted(Comparator.comparing(ZipArchiveEntry::getLocalHeaderOffset))
            .toList()) {
      if (entry.getLocalHeaderOffset() < end) {
        throw fault("members of the archive lie over one another");
      }
      end = entry.getLocalHeaderOffset() + Math.max(1, entry.getCompressedSize());
    }
  }

  private void requireReadable(Member member) {
    if (member.entry().isUnixSymlink()) {
      throw fault(Names.shown(member.name()) + " in the archive is a link to another file");
    }
    if (member.entry().getGeneralPurposeBit().usesEncryption()) {
      throw fault(Names.shown(member.name()) + " in the archive is encrypted");
    }
    if (!zip.canReadEntryData(member.entry())) {
      throw fault(
          "%s in the archive is packed by method %d, which cannot be read"
              .formatted(Names.shown(member.name()), member.entry().getMethod()));
    }
  }

  private static boolean isLeftover(String name) {
    String path = "/" + name.replace('\\', '/').toLowerCase(Locale.ROOT);
    String last = path.substring(path.lastIndexOf('/') + 1);
    return path.contains("/__macosx/")
        || last.startsWith("._")
        || last.equals(".ds_store")
        || last.equals("thumbs.db")
        || last.equals("desktop.ini");
  }

  /** By the whole name, the last part of it, or a glob over either. */
  private static boolean matches(List<String> wanted, String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    for (String pattern : wanted) {
      if (pattern.equals(name) || pattern.equals(last)) {
        return true;
      }
      if (globs(pattern, name) || globs(pattern, last)) {
        return true;
      }
    }
    return false;
  }

  private static boolean globs(String pattern, String name) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of(name));
    } catch (IllegalArgumentException e) {
      return false; // no glob or no path: it was compared as a name
    }
  }

  private PermanentFailure fault(String what) {
    return fault(
        what,
        "Pack the data files into a plain ZIP archive, or name them by the source option members,"
            + " then redrive the job.");
  }

  private PermanentFailure fault(String what, String advice) {
    return new PermanentFailure("Stream %s: %s.".formatted(Names.shown(stream), what), advice);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
