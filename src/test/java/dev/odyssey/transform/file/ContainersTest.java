package dev.odyssey.transform.file;

import static dev.odyssey.transform.file.Pack.ascii;
import static dev.odyssey.transform.file.Pack.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.source.Parquet;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainersTest {
  private static final String CSV = "id,n\n1,a\n2,b\n";

  @TempDir Path directory;

  static Stream<Arguments> packed() {
    return Stream.of(
        Arguments.of("gzip", Pack.gzip(CSV)),
        Arguments.of(
            "gzip of two members", Pack.joined(Pack.gzip("id,n\n1,a\n"), Pack.gzip("2,b\n"))),
        Arguments.of("zstd", Pack.zstd(CSV)),
        Arguments.of(
            "zstd of two frames", Pack.joined(Pack.zstd("id,n\n"), Pack.zstd("1,a\n2,b\n"))),
        Arguments.of(
            "zstd after a skippable frame",
            Pack.joined(ascii("Q*M\u0018\u0003\0\0\0abc"), Pack.zstd(CSV))),
        Arguments.of("bzip2", Pack.bzip2(CSV)),
        Arguments.of("xz", Pack.xz(CSV)),
        Arguments.of("zip", Pack.zip(Map.of("data.csv", bytes(CSV)))),
        Arguments.of("gzip in zip", Pack.zip(Map.of("data.csv.gz", Pack.gzip(CSV)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("packed")
  void opensWhatIsPacked(String name, byte[] file) {
    TransformResult result = Job.in(directory).file(file).run();

    assertThat(Job.rows(result, "id, n")).containsExactly("1|a", "2|b");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("packed")
  void tellsWhatIsCutOff(String name, byte[] file) {
    Job job = Job.in(directory).file(Arrays.copyOf(file, file.length - 3));

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("damaged");
  }

  /** Of rows with one key the last wins, whatever the formats of the files. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "json csv",
        "csv json",
        "parquet csv",
        "csv parquet",
        "parquet json",
        "json parquet",
        "json csv json",
        "parquet csv parquet",
        "csv json csv",
        "json parquet json csv"
      })
  void filesOfSeveralFormatsStayInTheirOrder(String formats) throws Exception {
    Map<String, byte[]> members = new LinkedHashMap<>();
    for (String format : formats.split(" ", -1)) {
      int file = members.size();
      Path parquet = directory.resolve(file + ".parquet");
      members.put(
          file + "." + format,
          switch (format) {
            case "json" -> bytes("[{\"id\": \"1\", \"n\": \"%d\"}]".formatted(file));
            case "csv" -> bytes("id,n\n1,%d\n".formatted(file));
            default ->
                Files.readAllBytes(
                    Parquet.write(parquet, "SELECT '1' AS id, '%d' AS n".formatted(file)));
          });
    }

    TransformResult result =
        Job.in(directory).file(Pack.zip(members)).key("id").config("{'maxRejectRatio': 1}").run();

    assertThat(Job.rows(result, "n")).containsExactly(String.valueOf(members.size() - 1));
    assertThat(result.duplicateKeys()).isEqualTo(members.size() - 1);
  }

  @Test
  void unitesAllMembersByTheirColumns() {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("__MACOSX/._b.csv", new byte[] {0, 5, 22, 7});
    members.put("b.csv", bytes("N;ID\nb;2\n"));
    members.put("sub/", new byte[0]);
    members.put("sub/.DS_Store", new byte[] {0, 0, 0, 1});
    members.put("sub/Thumbs.db", new byte[] {0, 0, 0, 1});
    members.put("Desktop.ini", bytes("[.ShellClassInfo]\n"));
    members.put("sub/c.ndjson", bytes("{\"id\":3,\"extra\":\"x\"}\n"));
    members.put("../../a.csv", bytes("id,n\n1,a\n"));
    members.put("empty.csv", new byte[0]);

    TransformResult result = Job.in(directory).file(Pack.zip(members)).run();

    assertThat(Job.rows(result, "id, n, extra")).containsExactly("1|a|~", "2|b|~", "3|~|x");
    assertThat(directory.getParent().resolve("a.csv")).doesNotExist();
  }

  @Test
  void takesOnlyTheMembersThatAreTold() {
    byte[] zip =
        Pack.zip(
            Map.of(
                "in/a.csv",
                bytes("id\n1\n"),
                "in/b.csv",
                bytes("id\n2\n"),
                "c.txt",
                bytes("no"),
                "in/x[1].csv",
                bytes("id\n3\n")));

    assertThat(ids(zip, "{'member': 'a.csv'}")).containsExactly("1");
    assertThat(ids(zip, "{'members': '*.csv'}")).containsExactly("1", "2", "3");
    assertThat(ids(zip, "{'members': 'x[1].csv'}")).as("no glob of x1.csv").containsExactly("3");
    assertThat(ids(zip, "{'members': ['in/b.csv']}")).containsExactly("2");
    assertThatThrownBy(() -> ids(zip, "{'member': 'd.csv'}"))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining(
            "no member \"d.csv\"; it has \"c.txt\", \"in/a.csv\", \"in/b.csv\", \"in/x[1].csv\"");
  }

  private java.util.List<String> ids(byte[] zip, String config) {
    return Job.rows(Job.in(directory).file(zip).config(config).run(), "id");
  }

  @Test
  void readsZip64() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      zip.setUseZip64(Zip64Mode.Always);
      zip.putArchiveEntry(new ZipArchiveEntry("data.csv"));
      zip.write(bytes(CSV));
      zip.closeArchiveEntry();
    }

    assertThat(Job.rows(Job.in(directory).file(bytes.toByteArray()).run(), "n"))
        .containsExactly("a", "b");
  }

  @Test
  void refusesAnArchiveInTheArchive() {
    byte[] inner = Pack.zip(Map.of("data.csv", bytes(CSV)));

    assertRefused(Pack.zip(Map.of("inner.zip", inner)), "an archive within the archive");
  }

  @Test
  void refusesMembersThatShareTheirBytes() {
    byte[] zip = Pack.zip(Map.of("0.csv", bytes(CSV)));
    String text = new String(zip, StandardCharsets.ISO_8859_1);
    String entry = text.substring(text.indexOf("PK\u0001\u0002"), text.indexOf("PK\u0005\u0006"));
    byte[] end = ascii(text.substring(text.indexOf("PK\u0005\u0006")));
    end[8] = 2;
    end[10] = 2;
    end[12] = (byte) (end[12] * 2);

    byte[] bomb =
        Pack.joined(
            ascii(text.substring(0, text.indexOf("PK\u0001\u0002"))),
            ascii(entry + entry.replace("0.csv", "1.csv")),
            end);

    assertRefused(bomb, "members of the archive lie over one another");
  }

  @Test
  void refusesAMemberWhoseBytesAreNotThoseThatWerePacked() {
    byte[] zip = Pack.zip(Map.of("data.csv", bytes(CSV)));
    int directoryEntry = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
    zip[directoryEntry + 16] ^= 1;

    assertRefused(zip, "damaged ZIP member \"data.csv\": its checksum is that of other data");
  }

  @Test
  void refusesTwoMembersOfOneName() {
    byte[] zip = Pack.zip(Map.of("0.csv", bytes(CSV), "1.csv", bytes(CSV)));
    String text = new String(zip, StandardCharsets.ISO_8859_1).replace("1.csv", "0.csv");

    assertRefused(ascii(text), "the archive has two members of the name \"0.csv\"");
  }

  @Test
  void refusesALink() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      ZipArchiveEntry link = new ZipArchiveEntry("link.csv");
      link.setUnixMode(UnixStat.LINK_FLAG | 0777);
      zip.putArchiveEntry(link);
      zip.write(bytes("data.csv"));
      zip.closeArchiveEntry();
    }

    assertRefused(bytes.toByteArray(), "\"link.csv\" in the archive is a link to another file");
  }

  /** Each by itself would take the engine's memory: some thousands do not fit. */
  @Test
  void writesVeryManySmallMembersIntoOneFile() throws Exception {
    Map<String, byte[]> members = new LinkedHashMap<>();
    for (int i = 0; i < 202; i++) {
      members.put(
          "%04d.csv".formatted(i),
          bytes(i % 2 == 0 ? "id,n\n" + i + ",\"\"\n" : "N;id\n;" + i + "\nx\n"));
    }

    TransformResult result = Job.in(directory).file(Pack.zip(members)).run();

    assertThat(Job.rows(result, "count(*), count(n), sum(id::INT), max(n)"))
        .containsExactly("202|101|20301|");
    assertThat(
            Job.query(
                "SELECT count(*), min(line), min(byte_offset), min(file) FROM '%s'"
                    .formatted(result.rejects())))
        .containsExactly("101|3|8|0001.csv");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.filter(file -> file.toString().matches(".*\\.(rows|clean\\.csv)")))
          .hasSize(1);
    }
  }

  @Test
  void refusesMoreMembersThanAnyTableHasFiles() {
    Map<String, byte[]> members = new LinkedHashMap<>();
    for (int i = 0; i <= 10_000; i++) {
      members.put(i + ".csv", bytes("id\n1\n"));
    }

    assertRefused(Pack.zip(members), "the archive has 10,001 members, more than 10,000");
  }

  @Test
  void refusesEncryptedMembers() {
    byte[] zip = Pack.zip(Map.of("data.csv", bytes(CSV)));
    int directoryEntry = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
    zip[directoryEntry + 8] |= 1;

    assertRefused(zip, "\"data.csv\" in the archive is encrypted");
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void stopsABombAtTheLimit(byte[] bomb) throws Exception {
    TransformSettings roomy = TransformSettings.defaults();
    TransformSettings settings =
        new TransformSettings(
            roomy.memoryLimit(),
            roomy.threads(),
            roomy.tempLimit(),
            1_000_000,
            roomy.refHash(),
            1,
            1);
    Job job = Job.in(directory).file(bomb).settings(settings);

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("larger than 1,000,000 bytes");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(1_200_000);
    }
  }

  static Stream<byte[]> bombs() {
    String zeros = "0\n".repeat(5_000_000);
    byte[] lying = Pack.zip(Map.of("data.csv", bytes(zeros)));
    String text = new String(lying, StandardCharsets.ISO_8859_1);
    Arrays.fill(
        lying, text.indexOf("PK\u0001\u0002") + 24, text.indexOf("PK\u0001\u0002") + 28, (byte) 0);
    lying[text.indexOf("PK\u0001\u0002") + 24] = 100;
    return Stream.of(Pack.gzip(zeros), Pack.zstd(zeros), Pack.bzip2(zeros), Pack.xz(zeros), lying);
  }

  private void assertRefused(byte[] file, String message) {
    Job job = Job.in(directory).file(file);
    assertThatThrownBy(job::run).isInstanceOf(PermanentFailure.class).hasMessageContaining(message);
  }

  @Test
  void opensWhatIsCompressedTwice() {
    byte[] twice = Pack.gzip(Pack.gzip(CSV));

    assertThat(Job.rows(Job.in(directory).file(twice).run(), "id, n"))
        .containsExactly("1|a", "2|b");
  }

  /** As tapes and block storage leave them. */
  @Test
  void takesZerosAfterTheLastMemberForPadding() {
    byte[] file = Pack.joined(Pack.gzip("id,n\n1,a\n"), Pack.gzip("2,b\n"), new byte[100_000]);

    assertThat(Job.rows(Job.in(directory).file(file).run(), "id, n")).containsExactly("1|a", "2|b");
  }

  @Test
  void refusesWhatIsNoPaddingAfterTheLastMember() {
    byte[] zeros = new byte[10];

    assertRefused(Pack.joined(Pack.gzip(CSV), bytes("1,c\n")), "damaged gzip: Garbage");
    assertRefused(Pack.joined(Pack.gzip(CSV), zeros, Pack.gzip(CSV)), "damaged gzip: Garbage");
  }

  @Test
  void saysThatAPackedFileEndsTooEarly() {
    byte[] gzip = Pack.gzip("id,n\n" + "1,a\n".repeat(1000));

    assertRefused(Arrays.copyOf(gzip, gzip.length - 20), "damaged gzip: it ends too early");
  }
}
