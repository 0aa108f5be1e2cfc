package dev.odyssey.transform.source;

import dev.odyssey.transform.csv.CsvFields;
import dev.odyssey.transform.csv.CsvLayout;
import dev.odyssey.transform.csv.CsvOptions;
import dev.odyssey.transform.csv.CsvRecords;
import dev.odyssey.transform.csv.CsvRewriter;
import dev.odyssey.transform.csv.CsvText;
import dev.odyssey.transform.rows.RowsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Puts a CSV file's rows beside those of others: of very many files the engine cannot read each as
 * a table of its own. {@link CsvRewriter} judges each row. Streams; stateless.
 */
final class CsvRows {
  private CsvRows() {}

  static void read(CsvText text, CsvOptions options, RowsWriter rows) throws IOException {
    Path file = text.path();
    CsvLayout layout = text.layout();
    CsvRewriter.rewrite(file, layout, options, text.scan().invalid() > 0);
    text.doubts().forEach(rows::doubt);
    List<Integer> columns = layout.columns().stream().map(rows::columnLike).toList();
    try (CsvRecords records = records(CsvRewriter.cleanFile(file))) {
      while (records.next()) {
        take(records.fields(), columns, options.nullValues(), rows);
      }
    }
    try (CsvRecords records = records(CsvRewriter.rejectsFile(file))) {
      while (records.next()) {
        CsvFields fields = records.fields();
        rows.reject(number(fields, 0), number(fields, 1), fields.text(2), fields.text(3));
      }
    }
    Files.delete(CsvRewriter.cleanFile(file));
    Files.delete(CsvRewriter.rejectsFile(file));
  }

  private static CsvRecords records(Path file) throws IOException {
    return new CsvRecords(Files.newInputStream(file), CsvSource.CLEAN);
  }

  private static void take(
      CsvFields fields, List<Integer> columns, List<String> nullValues, RowsWriter rows)
      throws IOException {
    for (int i = 0; i < columns.size(); i++) {
      boolean isQuoted = fields.isQuoted(i);
      if (isQuoted || !(fields.isEmpty(i) || nullValues.contains(fields.text(i)))) {
        rows.text(columns.get(i), fields.text(i));
      }
    }
    rows.at(number(fields, columns.size()));
    rows.end();
  }

  /** 0 for none, as of a blank line that is a value. */
  private static long number(CsvFields fields, int field) {
    return fields.isEmpty(field) ? 0 : Long.parseLong(fields.text(field));
  }
}
