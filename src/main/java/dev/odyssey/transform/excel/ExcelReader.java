package dev.odyssey.transform.excel;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.excel.ExcelWorkbook.Sheet;
import dev.odyssey.transform.file.Piece;
import dev.odyssey.transform.file.Scratch;
import dev.odyssey.transform.file.ZipArchive;
import dev.odyssey.transform.options.SourceOption;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.rows.RowsWriter;
import dev.odyssey.transform.text.Names;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.usermodel.XSSFRelation;
import org.xml.sax.SAXException;

/**
 * Reads one sheet of an Excel workbook (.xlsx, .xlsm) by POI's event API: neither the sheet nor the
 * table of shared texts is ever in memory. Repeatable.
 */
public final class ExcelReader {
  /** What POI holds in memory as a whole. */
  private static final List<String> HELD_PARTS =
      List.of(
          "[Content_Types].xml",
          "_rels/.rels",
          "xl/workbook.xml",
          "xl/_rels/workbook.xml.rels",
          "xl/styles.xml",
          "xl/theme/theme1.xml");

  /** How POI begins to say so, and goes on with settings that nobody has. */
  public static final String BOMB = "Zip bomb detected!";

  private static final String OTHERS =
      "Sheet %s of the workbook is read, the first with rows; not read: %s. The source option sheet"
          + " names another.";

  private static final Pattern SHARED_TEXTS = Pattern.compile("(?i).*/sharedStrings\\.xml");
  private static final int MAX_PARTS = 10_000;
  private static final long MAX_HELD_BYTES = 16L << 20;

  static {
    // POI's own 0.01 takes large sheets of equal rows for bombs; Scratch limits what we write
    ZipSecureFile.setMinInflateRatio(0.002);
    // its own 1,000 refuses workbooks with a picture in each row
    ZipSecureFile.setMaxFileCount(MAX_PARTS);
  }

  private final SourceOptions options;
  private final Collection<String> wanted;
  private final Scratch scratch;

  /**
   * @param wanted the column names that mappings ask for: they tell the header
   */
  public ExcelReader(SourceOptions options, Collection<String> wanted, Scratch scratch) {
    this.options = options;
    this.wanted = wanted;
    this.scratch = scratch;
  }

  public void read(Piece piece, RowsWriter rows) throws Exception {
    requireSmallParts(piece);
    try (OPCPackage file = OPCPackage.open(piece.path().toFile(), PackageAccess.READ)) {
      XSSFReader reader = new XSSFReader(file);
      ExcelWorkbook workbook = ExcelWorkbook.read(reader);
      Path texts = scratch.path("texts");
      try (SharedTexts shared = SharedTexts.read(texts(file, reader), texts, scratch)) {
        CellTexts cells = new CellTexts(reader.getStylesTable(), workbook.from1904(), shared);
        SheetTable named = null;
        for (Sheet sheet : choose(workbook)) {
          SheetTable table = new SheetTable(options, wanted, TotalsRow.of(file, sheet.id()), rows);
          boolean computed = !workbook.computedOnLoad() || isComputed(reader, sheet);
          try (InputStream in = reader.getSheet(sheet.id())) {
            new SheetParser(cells, table, computed).parse(in);
          }
          if (table.end() > 0) {
            tellOthers(reader, workbook, sheet, rows);
            return;
          }
          named = named == null && table.isNamed() ? table : named;
        }
        if (named != null) {
          named.nameColumns(); // a table without rows
        }
      }
    }
  }

  /** Which sheets have values and are not read, where none was told. */
  private void tellOthers(XSSFReader reader, ExcelWorkbook workbook, Sheet taken, RowsWriter rows) {
    if (options.text(SourceOption.SHEET).isPresent()) {
      return;
    }
    List<String> others =
        workbook.sheets().stream()
            .filter(sheet -> !sheet.hidden() && !sheet.equals(taken) && hasValue(reader, sheet))
            .map(Sheet::name)
            .toList();
    if (!others.isEmpty()) {
      rows.doubt(OTHERS.formatted(Names.shown(taken.name()), Names.shown(others)));
    }
  }

  /** Also of a sheet that is broken: it is not read, but has something. */
  private static boolean hasValue(XSSFReader reader, Sheet sheet) {
    try (InputStream in = reader.getSheet(sheet.id())) {
      return SheetProbe.hasValue(in);
    } catch (IOException | InvalidFormatException | SAXException | RuntimeException e) {
      return true;
    }
  }

  private static boolean isComputed(XSSFReader reader, Sheet sheet)
      throws IOException, InvalidFormatException, SAXException {
    try (InputStream in = reader.getSheet(sheet.id())) {
      return FormulaScan.isComputed(in);
    }
  }

  /** Some writers name a table of texts that they leave out where there are none: null. */
  private static InputStream texts(OPCPackage file, XSSFReader reader)
      throws IOException, InvalidFormatException {
    boolean some =
        !file.getPartsByContentType(XSSFRelation.SHARED_STRINGS.getContentType()).isEmpty()
            || !file.getPartsByName(SHARED_TEXTS).isEmpty();
    return some ? reader.getSharedStringsData() : null;
  }

  private void requireSmallParts(Piece piece) throws IOException {
    try (ZipArchive zip = ZipArchive.open(piece, options.stream())) {
      for (String part : HELD_PARTS) {
        if (zip.isLonger(part, MAX_HELD_BYTES)) {
          throw fault("part %s is larger than %,d bytes".formatted(part, MAX_HELD_BYTES));
        }
      }
    }
  }

  /** The sheet that is told, else the visible ones, of which the first with rows is taken. */
  private List<Sheet> choose(ExcelWorkbook workbook) {
    String told = options.text(SourceOption.SHEET).orElse("");
    if (told.isEmpty()) {
      List<Sheet> visible = workbook.sheets().stream().filter(sheet -> !sheet.hidden()).toList();
      if (visible.isEmpty()) {
        throw fault("it has no visible sheet");
      }
      return visible;
    }
    return List.of(
        workbook
            .sheet(told)
            .orElseThrow(
                () ->
                    fault(
                        "it has no sheet %s; it has %s"
                            .formatted(
                                Names.shown(told),
                                Names.shown(
                                    workbook.sheets().stream().map(Sheet::name).toList())))));
  }

  private PermanentFailure fault(String what) {
    return new PermanentFailure(
        "Stream %s: the Excel workbook cannot be read: %s."
            .formatted(Names.shown(options.stream()), what),
        "Correct the workbook or the source option sheet, then redrive the job.");
  }
}
