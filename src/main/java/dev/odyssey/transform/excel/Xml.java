package dev.odyssey.transform.excel;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Parses foreign XML: no document type, so no entity of any kind. Stateless. */
final class Xml {
  private Xml() {}

  static void parse(InputStream in, DefaultHandler handler) throws IOException, SAXException {
    try {
      SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.newSAXParser().parse(in, handler);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e); // Java's own parser has these features
    }
  }
}
