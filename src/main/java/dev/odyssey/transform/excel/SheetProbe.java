package dev.odyssey.transform.excel;

import java.io.IOException;
import java.io.InputStream;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Looks for the first value of a sheet, and reads no further. */
final class SheetProbe extends DefaultHandler {
  private static final class Found extends SAXException {
    private static final long serialVersionUID = 1;
  }

  private SheetProbe() {}

  static boolean hasValue(InputStream xml) throws IOException, SAXException {
    try {
      Xml.parse(xml, new SheetProbe());
      return false;
    } catch (Found e) {
      return true;
    }
  }

  @Override
  public void startElement(String uri, String name, String qualified, Attributes attributes)
      throws SAXException {
    if (name.equals("v") || name.equals("is")) {
      throw new Found();
    }
  }
}
