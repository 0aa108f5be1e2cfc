package dev.odyssey.transform.excel;

import java.io.IOException;
import java.io.InputStream;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Whether a sheet's formulas were ever computed: some programs write 0 for each, and leave the
 * computing to Excel. Not thread-safe.
 */
final class FormulaScan extends DefaultHandler {
  private boolean hasFormula;
  private boolean inValue;
  private boolean computed;

  private FormulaScan() {}

  /** True where a formula has another value than 0. */
  static boolean isComputed(InputStream xml) throws IOException, SAXException {
    FormulaScan scan = new FormulaScan();
    Xml.parse(xml, scan);
    return scan.computed;
  }

  @Override
  public void startElement(String uri, String name, String qualified, Attributes attributes) {
    switch (name) {
      case "c" -> hasFormula = false;
      case "f" -> hasFormula = true;
      default -> inValue = hasFormula && name.equals("v");
    }
  }

  @Override
  public void characters(char[] chars, int start, int length) {
    computed |= inValue && !new String(chars, start, length).equals("0");
  }

  @Override
  public void endElement(String uri, String name, String qualified) {
    inValue = false;
  }
}
