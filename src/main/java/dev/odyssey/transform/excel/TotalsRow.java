package dev.odyssey.transform.excel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JRuntimeException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackageRelationship;
import org.apache.poi.openxml4j.opc.PackageRelationshipTypes;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFRelation;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The row of sums that Excel keeps below a table of its own (Insert, Table): no row of data.
 * Immutable.
 *
 * @param number of the row in the sheet, from 1
 * @param first column of the table, from 0
 * @param last column of the table
 */
record TotalsRow(String table, int number, int first, int last) {
  /** What is told of a table stands at the beginning of its part. */
  private static final int HEAD_BYTES = 64 << 10;

  /**
   * Those of a sheet. What cannot be read tells of none: the sheet is read as it was without.
   *
   * @param sheet the id of its relationship
   */
  static List<TotalsRow> of(OPCPackage file, String sheet) throws IOException {
    List<TotalsRow> rows = new ArrayList<>();
    try {
      Optional<PackagePart> workbook =
          Optional.ofNullable(
                  file.getRelationshipsByType(PackageRelationshipTypes.CORE_DOCUMENT)
                      .getRelationship(0))
              .map(file::getPart);
      Optional<PackageRelationship> part = workbook.map(book -> book.getRelationship(sheet));
      if (part.isPresent()) {
        PackagePart ofSheet = workbook.get().getRelatedPart(part.get());
        for (PackageRelationship table :
            ofSheet.getRelationshipsByType(XSSFRelation.TABLE.getRelation())) {
          read(ofSheet.getRelatedPart(table), rows);
        }
      }
    } catch (InvalidFormatException | OpenXML4JRuntimeException | IllegalArgumentException e) {
      return List.of(); // a part that is not there, or a range that is none
    }
    return rows;
  }

  private static void read(PackagePart table, List<TotalsRow> rows) throws IOException {
    try (InputStream in = table.getInputStream()) {
      Xml.parse(new ByteArrayInputStream(in.readNBytes(HEAD_BYTES)), new Reading(rows));
    } catch (SAXException e) {
      return; // no more than its head is read
    }
  }

  private static final class Reading extends DefaultHandler {
    private final List<TotalsRow> rows;

    Reading(List<TotalsRow> rows) {
      this.rows = rows;
    }

    @Override
    public void startElement(String uri, String name, String qualified, Attributes told) {
      String totals = told.getValue("totalsRowCount");
      String ref = told.getValue("ref");
      if (name.equals("table") && totals != null && totals.matches("[1-9]") && ref != null) {
        CellRangeAddress range = CellRangeAddress.valueOf(ref);
        for (int i = 0; i < Integer.parseInt(totals); i++) {
          rows.add(
              new TotalsRow(
                  told.getValue("displayName"),
                  range.getLastRow() + 1 - i,
                  range.getFirstColumn(),
                  range.getLastColumn()));
        }
      }
    }
  }
}
