package dev.odyssey.transform.excel;

import static dev.odyssey.transform.file.Pack.bytes;

import dev.odyssey.transform.file.Pack;
import java.util.LinkedHashMap;
import java.util.Map;

/** Workbooks of Excel made of their XML. */
public final class Workbook {
  private Workbook() {}

  /** A workbook of two sheets, the first hidden; styles 1 to 5 are date, timestamp, time, hours. */
  public static byte[] of(String rows, String sharedTexts) {
    return of("", rows, sharedTexts);
  }

  public static byte[] sample() {
    return of(
        row(text("id"), text("at"), text("s"))
            + row(number("1"), styled(2, "46085.5"), "<c t='s'><v>0</v></c>")
            + row(number("2"), "<c t='e'><v>#N/A</v></c>", "<c t='s'><v>1</v></c>"),
        "<si><t>one</t></si><si><t>two</t></si>");
  }

  public static byte[] of(String workbookSettings, String rows, String sharedTexts) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put(
        "[Content_Types].xml",
        xml(
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default"
                + " Extension='rels'"
                + " ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Default"
                + " Extension='xml' ContentType='application/xml'/>"
                + type("workbook", "sheet.main")
                + type("worksheets/sheet1", "worksheet")
                + type("worksheets/sheet2", "worksheet")
                + type("styles", "styles")
                + type("sharedStrings", "sharedStrings")
                + "</Types>"));
    parts.put("_rels/.rels", relations("officeDocument", "xl/workbook.xml"));
    parts.put(
        "xl/_rels/workbook.xml.rels",
        relations(
            "worksheet", "worksheets/sheet1.xml",
            "worksheet", "worksheets/sheet2.xml",
            "styles", "styles.xml",
            "sharedStrings", "sharedStrings.xml"));
    parts.put(
        "xl/workbook.xml",
        xml(
            "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
                + " xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
                + workbookSettings
                + "<sheets><sheet name='Secret' sheetId='1' state='hidden' r:id='rId1'/>"
                + "<sheet name='Data' sheetId='2' r:id='rId2'/></sheets></workbook>"));
    parts.put(
        "xl/worksheets/sheet1.xml",
        sheet(
            "<row r='1'><c t='inlineStr'><is><t>hid</t></is></c></row><row"
                + " r='2'><c><v>1</v></c></row>"));
    parts.put("xl/worksheets/sheet2.xml", sheet(rows));
    parts.put(
        "xl/styles.xml",
        xml(
            "<styleSheet"
                + " xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><numFmts><numFmt"
                + " numFmtId='164' formatCode='yyyy\\-mm\\-dd\\ hh:mm'/><numFmt numFmtId='165'"
                + " formatCode='[h]:mm'/><numFmt numFmtId='166' formatCode='dd.mm.yyyy&quot; г.&quot;'/><numFmt numFmtId='167' formatCode='00000'/></numFmts><cellXfs><xf numFmtId='0'/><xf"
                + " numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='20'/><xf numFmtId='165'/><xf"
                + " numFmtId='10'/><xf numFmtId='166'/><xf numFmtId='167'/></cellXfs></styleSheet>"));
    parts.put(
        "xl/sharedStrings.xml",
        xml(
            "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
                + sharedTexts
                + "</sst>"));
    return Pack.zip(parts);
  }

  private static String type(String part, String type) {
    return "<Override PartName='/xl/%s.xml' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.%s+xml'/>"
        .formatted(part, type);
  }

  private static byte[] relations(String... typesAndTargets) {
    StringBuilder all =
        new StringBuilder(
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>");
    for (int i = 0; i < typesAndTargets.length; i += 2) {
      all.append(
          "<Relationship Id='rId%d' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s' Target='%s'/>"
              .formatted(i / 2 + 1, typesAndTargets[i], typesAndTargets[i + 1]));
    }
    return xml(all + "</Relationships>");
  }

  private static byte[] sheet(String rows) {
    return xml(
        "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
            + rows
            + "</sheetData></worksheet>");
  }

  static byte[] xml(String body) {
    return bytes("<?xml version='1.0' encoding='UTF-8'?>" + body);
  }

  static String text(String text) {
    return "<c t='inlineStr'><is><t>" + text + "</t></is></c>";
  }

  static String number(String value) {
    return "<c><v>" + value + "</v></c>";
  }

  static String styled(int style, String value) {
    return "<c s='" + style + "'><v>" + value + "</v></c>";
  }

  static String row(String... cells) {
    return "<row>" + String.join("", cells) + "</row>";
  }
}
