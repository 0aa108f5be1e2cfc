package dev.odyssey.transform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.csv.CsvTable.Style;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.text.TextEncoding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One table, polluted in each of the ways that files in the wild are; nothing is told. */
class CsvPollutionTest {
  private static final CsvTable TABLE = CsvTable.sales(80, 42);
  private static final Style RFC = Style.RFC;

  @TempDir Path directory;

  /**
   * @param file its bytes as Latin-1
   */
  record Pollution(String name, String file, CsvTable truth, String config, int rejected) {
    @Override
    public String toString() {
      return name;
    }

    Pollution told(String told) {
      return new Pollution(name, file, truth, told, rejected);
    }

    Pollution rejects(int rows) {
      return new Pollution(name, file, truth, config, rows);
    }

    Pollution truth(CsvTable other) {
      return new Pollution(name, file, other, config, rejected);
    }
  }

  @ParameterizedTest
  @MethodSource({"wholeFiles", "delimiters", "quotes", "lineEnds", "beforeTheTable", "brokenRows"})
  void loadsEveryCleanRow(Pollution pollution) {
    Job job =
        Job.in(directory)
            .file(pollution.file, StandardCharsets.ISO_8859_1)
            .config(pollution.config);
    TransformResult result = job.run();

    List<String> header = pollution.truth.header();
    assertThat(
            Job.query(
                "SELECT name FROM (DESCRIBE FROM '"
                    + result.snapshot()
                    + "') d(name, a, b, c, d, e)"))
        .startsWith(header.toArray(String[]::new));
    assertThat(Job.rows(result, columns(header))).isEqualTo(pollution.truth.shown());
    assertThat(result.rejected()).isEqualTo(pollution.rejected);
    assertThat(result.processed())
        .isEqualTo(result.inserted() + result.updated() + result.unchanged() + result.rejected());

    header.forEach(name -> job.mapping(name, name));
    TransformResult mapped = job.run();
    assertThat(Job.rows(mapped, columns(header))).isEqualTo(pollution.truth.shown());
    assertThat(mapped.rejected()).isEqualTo(pollution.rejected);
  }

  static List<Pollution> wholeFiles() {
    String clean = TABLE.write(RFC);
    return List.of(
        of("clean", clean),
        of("no line end at the end", clean.substring(0, clean.length() - 2)),
        of("two line ends at the end", clean + "\r\n"),
        of("many line ends at the end", clean + "\r\n".repeat(5)),
        of(
            "blank lines between",
            clean.replace("service", "service").replaceAll("(?m)^(2024-03)", "\r\n$1")),
        of("header only", RFC.line(TABLE.header())).truth(TABLE.first(0)),
        of("one row", TABLE.first(1).write(RFC)).truth(TABLE.first(1)),
        of("two rows", TABLE.first(2).write(RFC)).truth(TABLE.first(2)),
        of("no header", RFC.lines(TABLE.rows())).truth(new CsvTable(numbered(9), TABLE.rows())),
        of("byte-order mark", "\ufeff" + clean),
        of("byte-order mark before a quote", "\ufeff" + TABLE.write(RFC.all())).truth(quotedAll()),
        of("NUL bytes", clean.replace("goods", "go\0ods\0")),
        of("NUL at the end", clean + "\0\0\0\0"),
        of("end-of-file sign of old", clean + "\u001a"),
        ofBytes("UTF-16 LE with mark", ("\ufeff" + clean).getBytes(StandardCharsets.UTF_16LE)),
        ofBytes("UTF-16 BE with mark", ("\ufeff" + clean).getBytes(StandardCharsets.UTF_16BE)),
        ofBytes(
                "UTF-16 LE without mark",
                clean.replace("東京", "Tokyo").getBytes(StandardCharsets.UTF_16LE))
            .truth(western()),
        ofBytes(
                "UTF-16 BE without mark",
                clean.replace("東京", "Tokyo").getBytes(StandardCharsets.UTF_16BE))
            .truth(western()),
        ofBytes("Windows-1252", clean.replace("東京", "Tokyo").getBytes(TextEncoding.WINDOWS_1252))
            .truth(western()));
  }

  static List<Pollution> delimiters() {
    List<Pollution> pollutions = new ArrayList<>();
    for (String delimiter :
        List.of(
            ";", "\t", "|", "^", "~", "\u0001", "\u001f", "||", "|~|", "::", "#", "!", "¦", "§")) {
      pollutions.add(
          of(
              "delimiter " + delimiter.codePointAt(0) + " " + delimiter,
              TABLE.write(RFC.delimiter(delimiter))));
    }
    for (String delimiter : List.of(" ", ":", "<=>", "/", ";-;", "_", "abc")) {
      pollutions.add(
          of("told delimiter " + delimiter, TABLE.write(RFC.delimiter(delimiter)))
              .told("{'csv': {'delimiter': '" + delimiter + "'}}"));
    }
    pollutions.add(of("a blank after each comma", padded(", ")));
    pollutions.add(of("blanks around each semicolon", padded(" ; ")));
    pollutions.add(
        of("a delimiter at the end of each line", TABLE.write(RFC).replace("\r\n", ",\r\n")));
    pollutions.add(
        of(
            "a delimiter at the end of each row but not of the header",
            RFC.line(TABLE.header()) + RFC.lines(TABLE.rows()).replace("\r\n", ",\r\n")));
    pollutions.add(
        of(
                "a delimiter at the end of some rows",
                TABLE.write(RFC).replaceAll("(note \\d)\r\n", "$1,,\r\n"))
            .truth(without("note \\d"))
            .rejects(80 - without("note \\d").rows().size()));
    pollutions.add(
        of("a delimiter at the end of the header", TABLE.write(RFC).replaceFirst("\r", ",\r")));
    pollutions.add(
        of("a delimiter too many in the header", TABLE.write(RFC).replaceFirst("Qty", ",Qty")));
    return pollutions;
  }

  static List<Pollution> quotes() {
    return List.of(
        of("all quoted", TABLE.write(RFC.all())).truth(quotedAll()),
        of("apostrophes", TABLE.write(RFC.quote("'"))),
        of("all in apostrophes", TABLE.write(RFC.quote("'").all())).truth(quotedAll()),
        of("backslash", TABLE.write(RFC.escape("\\"))),
        of("backslash, semicolon", TABLE.write(RFC.escape("\\").delimiter(";"))),
        of("no escape", TABLE.write(RFC.escape(""))),
        of(
            "quotes in the middle of unquoted fields",
            TABLE
                .write(RFC)
                .replace("\"5\"\" pipe\"", "5\" pipe")
                .replace("\"Stuhl \"\"Tom\"\"\"", "Stuhl \"Tom\"")),
        of(
            "blanks between quote and delimiter",
            TABLE.write(RFC).replace("\"Chair, oak\",", "  \"Chair, oak\"  ,")),
        of("without any quote", new CsvTable(TABLE.header(), unquoted()).write(RFC))
            .truth(new CsvTable(TABLE.header(), unquoted())));
  }

  static List<Pollution> lineEnds() {
    String clean = TABLE.write(RFC.newLine("\n"));
    List<Pollution> pollutions = new ArrayList<>();
    pollutions.add(of("LF", clean));
    pollutions.add(of("CR", clean.replace("\n", "\r")));
    for (long seed = 1; seed <= 3; seed++) {
      pollutions.add(of("mixed " + seed, mixed(clean, new Random(seed))));
    }
    pollutions.add(of("CRLF at the end only", clean.stripTrailing() + "\r\n"));
    pollutions.add(
        of("header LF, rows CRLF", clean.replace("\n", "\r\n").replaceFirst("\r\n", "\n")));
    for (String first : List.of("\n", "\r", "\r\n")) {
      for (String others : List.of("\n", "\r", "\r\n")) {
        String[] lines = clean.split("(?<=\n)", 3);
        String begin = "Sales of the year\n\n" + lines[0] + lines[1];
        pollutions.add(
            of(
                "title, header and first row %s, others %s".formatted(shown(first), shown(others)),
                begin.replace("\n", first) + lines[2].replace("\n", others)));
      }
    }
    pollutions.add(
        of("record separator told", clean.replace("\n", "\u001e"))
            .told("{'csv': {'newline': '\\u001e'}}"));
    pollutions.add(
        of("two signs told", clean.replace("\n", "@\n")).told("{'csv': {'newline': '@\\n'}}"));
    pollutions.add(
        of("LF in quotes, rows CRLF", withBreaks("\n").write(RFC)).truth(withBreaks("\n")));
    pollutions.add(
        of("CRLF in quotes, rows LF", withBreaks("\r\n").write(RFC.newLine("\n")))
            .truth(withBreaks("\r\n")));
    pollutions.add(
        of("CR in quotes, rows LF", withBreaks("\r").write(RFC.newLine("\n")))
            .truth(withBreaks("\r")));
    return pollutions;
  }

  private static String shown(String lineEnd) {
    return lineEnd.replace("\r", "CR").replace("\n", "LF");
  }

  static List<Pollution> beforeTheTable() {
    String clean = TABLE.write(RFC);
    String rows = RFC.lines(TABLE.rows());
    String units = "(YYYY-MM-DD),(hh:mm),pieces,code,EUR,text,text,link,text\r\n";
    List<String> joined =
        List.of(
            "DATE (YYYY-MM-DD)",
            "TIME (hh:mm)",
            "Qty pieces",
            "ProductId code",
            "Price EUR",
            "Kind text",
            "Product text",
            "URL link",
            "Comments text");
    CsvTable few = TABLE.first(2);
    List<String> kinds = new ArrayList<>(joined);
    kinds.set(2, "Qty pieces sum");
    kinds.set(4, "Price EUR avg");
    return List.of(
        of("one line of title", "Sales of the year\r\n" + clean),
        of("title, blank line", "Sales of the year\r\n\r\n" + clean),
        of("title with commas", "Report, Sales, 2024\r\nMade by: me\r\n\r\n" + clean),
        of("padded title", "Sales of the year,,,,,,,,\r\n,,,,,,,,\r\n" + clean),
        of("title with a quote", "The \"big\" report\r\n" + clean),
        of("a program's line, wider than the table", "EXTF,700,,Sales,,,,4,,1,,x\r\n" + clean),
        of(
                "more pairs than rows",
                "Bank,A,\r\nOwner,B,\r\nSort,C,\r\nDay,1,\r\n\r\n" + few.write(RFC))
            .truth(few),
        of("many lines of notes", "Note about this file.\r\n".repeat(20) + clean),
        of("told lines", "a,b,c,d,e,f,g,h,i\r\n".repeat(2) + clean).told("{'csv': {'skip': 2}}"),
        of(
                "comments told",
                "# made by x\r\n" + clean.replace("\r\n2024-05", "\r\n# 5, here\r\n2024-05"))
            .told("{'csv': {'comment': '#'}}"),
        of("comments not told", "# made by x\r\n# on 2024-01-01\r\n" + clean),
        of("two header rows", RFC.line(TABLE.header()) + units + rows)
            .truth(new CsvTable(joined, TABLE.rows())),
        of("two header rows told", RFC.line(TABLE.header()) + units + rows)
            .told("{'csv': {'headerRows': 2}}")
            .truth(new CsvTable(joined, TABLE.rows())),
        of("title and two header rows", "Sales\r\n" + RFC.line(TABLE.header()) + units + rows)
            .truth(new CsvTable(joined, TABLE.rows())),
        of(
                "kinds with gaps under the units",
                RFC.line(TABLE.header()) + units + ",,,code,,,,,\r\n,,sum,,avg,,,,\r\n" + rows)
            .truth(new CsvTable(kinds, TABLE.rows())),
        of("header with a line break in a name", clean.replaceFirst("Comments", "\"Com\nments\""))
            .truth(new CsvTable(renamed("Com\nments"), TABLE.rows())),
        of("a footer", clean + "Total: 80 rows\r\n").rejects(1),
        of(
            "another table of fewer columns before",
            "a,b,c,d,e\r\n" + "x,1,y,2,z\r\n".repeat(9) + "\r\n" + clean),
        of("a second table of fewer columns", clean + "\r\na,b\r\n1,2\r\n").rejects(2));
  }

  static List<Pollution> brokenRows() {
    List<Pollution> pollutions = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 6; i++) {
      int broken = random.nextInt(80);
      while (TABLE.rows().get(broken).get(8) == null) {
        broken++;
      }
      pollutions.add(broken("a delimiter too few", broken, line -> line.replaceFirst(",", " ")));
      pollutions.add(broken("a delimiter too many", broken, line -> line.replaceFirst(",", ",x,")));
      pollutions.add(
          broken(
              "a quote that is not closed",
              broken,
              line -> line.replaceFirst(",([^\",]*),", ",\"$1,")));
      pollutions.add(
          broken("a row with another delimiter", broken, line -> line.replace(",", ";")));
      pollutions.add(
          broken(
              "text after a quote", broken, line -> line.replaceFirst(",([^\",]*),", ",\"$1\"x,")));
    }
    return pollutions;
  }

  private static Pollution broken(
      String name, int index, java.util.function.UnaryOperator<String> breaks) {
    List<List<String>> rows = new ArrayList<>(TABLE.rows());
    String line = RFC.line(rows.remove(index));
    String file =
        RFC.line(TABLE.header())
            + RFC.lines(TABLE.rows().subList(0, index))
            + breaks.apply(line)
            + RFC.lines(TABLE.rows().subList(index + 1, 80));
    return of(name + " in row " + index, file).truth(new CsvTable(TABLE.header(), rows)).rejects(1);
  }

  private static Pollution of(String name, String text) {
    return ofBytes(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Pollution ofBytes(String name, byte[] file) {
    return new Pollution(name, new String(file, StandardCharsets.ISO_8859_1), TABLE, "{}", 0);
  }

  private static String columns(List<String> header) {
    return header.stream().map(Sql::identifier).collect(Collectors.joining(", "));
  }

  private static List<String> numbered(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      names.add("column" + i);
    }
    return names;
  }

  /** A quoted field is never missing. */
  private static CsvTable quotedAll() {
    return mapped(cell -> cell);
  }

  private static CsvTable western() {
    return mapped(cell -> cell == null ? null : cell.replace("東京", "Tokyo"));
  }

  private static List<List<String>> unquoted() {
    return mapped(cell -> cell == null ? null : cell.replace("\"", "").replace(",", "")).rows();
  }

  private static CsvTable withBreaks(String lineBreak) {
    return mapped(
        cell -> "Plain".equals(cell) ? "one" + lineBreak + lineBreak + "two, 2024" : cell);
  }

  private static CsvTable mapped(java.util.function.UnaryOperator<String> cell) {
    return new CsvTable(
        TABLE.header(),
        TABLE.rows().stream()
            .map(row -> row.stream().map(cell).collect(Collectors.toList()))
            .toList());
  }

  private static List<String> renamed(String last) {
    List<String> header = new ArrayList<>(TABLE.header());
    header.set(8, last);
    return header;
  }

  private static CsvTable without(String comment) {
    return new CsvTable(
        TABLE.header(),
        TABLE.rows().stream()
            .filter(row -> row.get(8) == null || !row.get(8).matches(comment))
            .toList());
  }

  private static String padded(String delimiter) {
    Style style = RFC.delimiter(delimiter);
    return style.line(TABLE.header())
        + TABLE.rows().stream()
            .map(row -> style.record(row, RFC::cell) + "\r\n")
            .collect(Collectors.joining());
  }

  private static String mixed(String clean, Random random) {
    return clean
        .lines()
        .map(line -> line + List.of("\n", "\r", "\r\n").get(random.nextInt(3)))
        .collect(Collectors.joining());
  }
}
