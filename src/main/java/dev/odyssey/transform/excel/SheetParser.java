package dev.odyssey.transform.excel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads a sheet's XML cell by cell; of a formula the value that Excel kept. Not thread-safe.
 *
 * <p>The elements are those of ECMA-376, part 1, 18.3.
 */
final class SheetParser extends DefaultHandler {
  private static final int MAX_COLUMN = 16_384;
  private static final int MAX_FORMULA = 100;

  private final CellTexts texts;
  private final SheetTable table;
  private final boolean computed;
  private final TextElement inline = new TextElement();
  private final StringBuilder value = new StringBuilder();
  private final StringBuilder formula = new StringBuilder();
  private boolean inValue;
  private boolean inFormula;
  private boolean hasFormula;
  private String type;
  private int style;
  private int row;
  private int column;

  /**
   * @param computed false where 0 is the value of every formula, as {@link FormulaScan} says
   */
  SheetParser(CellTexts texts, SheetTable table, boolean computed) {
    this.texts = texts;
    this.table = table;
    this.computed = computed;
  }

  void parse(InputStream xml) throws IOException, SAXException {
    Xml.parse(xml, this);
  }

  @Override
  public void startElement(String uri, String name, String qualified, Attributes attributes) {
    switch (name) {
      case "row" -> {
        String told = attributes.getValue("r");
        row = told == null ? row + 1 : Integer.parseInt(told.strip());
        column = -1;
      }
      case "c" -> cell(attributes);
      case "v" -> inValue = true;
      case "f" -> {
        inFormula = true;
        hasFormula = true;
      }
      default -> inline.start(name);
    }
  }

  private void cell(Attributes attributes) {
    String told = attributes.getValue("r");
    column = told == null ? column + 1 : column(told);
    if (column < 0 || column >= MAX_COLUMN) {
      throw new IllegalArgumentException("row " + row + " has a cell at " + told);
    }
    type = attributes.getValue("t") == null ? "n" : attributes.getValue("t");
    String index = attributes.getValue("s");
    style = index == null ? -1 : Integer.parseInt(index.strip());
    value.setLength(0);
    formula.setLength(0);
    hasFormula = false;
    inline.clear();
  }

  /** 0 for A1, 27 for AB7. */
  private static int column(String reference) {
    int column = 0;
    for (int i = 0; i < reference.length() && column < MAX_COLUMN; i++) {
      char letter = Character.toUpperCase(reference.charAt(i));
      if (letter < 'A' || letter > 'Z') {
        break;
      }
      column = column * 26 + (letter - 'A' + 1);
    }
    return column - 1;
  }

  @Override
  public void characters(char[] chars, int start, int length) {
    if (inFormula) {
      formula.append(chars, start, Math.min(length, MAX_FORMULA - formula.length()));
    } else if (!inValue) {
      inline.characters(chars, start, length);
    } else if (value.length() + length <= TextElement.MAX_CHARS) {
      value.append(chars, start, length);
    } else {
      throw new IllegalArgumentException("row " + row + " has an endless cell");
    }
  }

  @Override
  public void endElement(String uri, String name, String qualified) {
    inValue = false;
    inFormula = false;
    inline.end(name);
    try {
      if (name.equals("c")) {
        endCell();
      } else if (name.equals("row")) {
        table.endRow(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void endCell() {
    String raw = value.toString();
    if (type.equals("inlineStr")) {
      table.text(column, inline.decoded());
    } else if (type.equals("n") && hasFormula && (raw.isEmpty() || !computed)) {
      table.error(column, "=" + formula); // written by a program that computes none
    } else if (!raw.isEmpty()) {
      switch (type) {
        case "s" -> table.text(column, texts.shared(raw));
        case "str" -> table.text(column, TextElement.decoded(raw));
        case "b" -> table.value(column, truth(raw.strip()));
        case "e" -> table.error(column, raw);
        case "d" -> table.value(column, texts.date(raw, style));
        default -> table.value(column, texts.number(raw, style));
      }
    }
  }

  private static String truth(String raw) {
    return raw.equals("1") ? "true" : raw.equals("0") ? "false" : raw.toLowerCase(Locale.ROOT);
  }
}
