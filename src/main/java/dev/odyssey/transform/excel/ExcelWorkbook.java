package dev.odyssey.transform.excel;

import dev.odyssey.transform.text.Names;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What workbook.xml says. Immutable.
 *
 * @param from1904 true where days are counted from 1904, as old Macs did
 * @param computedOnLoad true where Excel shall compute all formulas anew before it shows them
 */
record ExcelWorkbook(List<Sheet> sheets, boolean from1904, boolean computedOnLoad) {

  /**
   * @param id of the relationship
   */
  record Sheet(String name, String id, boolean hidden) {}

  static ExcelWorkbook read(XSSFReader reader)
      throws IOException, OpenXML4JException, SAXException {
    Reading reading = new Reading();
    try (InputStream in = reader.getWorkbookData()) {
      Xml.parse(in, reading);
    }
    return new ExcelWorkbook(List.copyOf(reading.sheets), reading.from1904, reading.computedOnLoad);
  }

  /** By name, else by its place from 1. */
  Optional<Sheet> sheet(String told) {
    List<String> names = sheets.stream().map(Sheet::name).toList();
    Optional<Sheet> named = Names.match(names, told).map(name -> sheets.get(names.indexOf(name)));
    if (named.isPresent() || !told.matches("[1-9]\\d{0,5}")) {
      return named;
    }
    return sheets.stream().skip(Integer.parseInt(told) - 1L).findFirst();
  }

  private static final class Reading extends DefaultHandler {
    private final List<Sheet> sheets = new ArrayList<>();
    private String namespace;
    private boolean from1904;
    private boolean computedOnLoad;

    /** An extension has elements of the same names: {@code x15:workbookPr}. */
    @Override
    public void startElement(String uri, String name, String qualified, Attributes attributes) {
      namespace = namespace == null ? uri : namespace;
      if (!uri.equals(namespace)) {
        return;
      }
      if (name.equals("workbookPr")) {
        from1904 = isTrue(attributes.getValue("date1904"));
      } else if (name.equals("calcPr")) {
        computedOnLoad = isTrue(attributes.getValue("fullCalcOnLoad"));
      } else if (name.equals("sheet")) {
        String state = attributes.getValue("state");
        sheets.add(
            new Sheet(
                attributes.getValue("name"),
                relationship(attributes),
                state != null && !state.equals("visible")));
      }
    }

    private static boolean isTrue(String value) {
      return "1".equals(value) || "true".equals(value);
    }

    private static String relationship(Attributes attributes) {
      for (int i = 0; i < attributes.getLength(); i++) {
        if (attributes.getLocalName(i).equals("id") && !attributes.getURI(i).isEmpty()) {
          return attributes.getValue(i);
        }
      }
      return "";
    }
  }
}
