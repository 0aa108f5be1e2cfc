package dev.odyssey.transform.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.file.PieceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of Parquet files cannot be read as it is, and how a person learns which column it is. */
class ParquetFaultTest {
  @TempDir Path directory;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(directory.resolve("source"));
  }

  private Path file(int index, String name) {
    return folder.resolve(PieceName.file(index, name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "9007199254740993; BIGINT; 0.5::DOUBLE; DOUBLE",
        "16777217; BIGINT; 0.5::FLOAT; FLOAT",
        "1.2345; DECIMAL(18,4); 1::DECIMAL(38,1); DECIMAL(38,1)",
        "1234567890123456.78; DECIMAL(18,2); 0.5::DOUBLE; DOUBLE",
        "12345678901234567.89; DECIMAL(20,2); 0.5::DOUBLE; DOUBLE"
      })
  void refusesFilesWhoseCommonTypeWouldCutDigits(
      String value, String type, String other, String common) {
    Parquet.write(file(0, "a.parquet"), "SELECT 1 AS id, %s::%s AS n".formatted(value, type));
    Parquet.write(file(1, "b.parquet"), "SELECT 2 AS id, %s AS n".formatted(other));

    assertThatThrownBy(Job.in(directory).sourceAt(folder)::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining(
            "column \"n\" has the type %s in the file \"a.parquet\", and in all files together %s, which would change 1 of its values."
                .formatted(type, common));
    TransformResult others = Job.in(directory).sourceAt(folder).mapping("id", "id").run();
    assertThat(Job.rows(others, "id")).containsExactly("1", "2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "'text'; {'a': 1}; VARCHAR; a; STRUCT(a INTEGER)",
        "'text'; [1, 2]; VARCHAR; a; INTEGER[]",
        "{'a': 1}; [1, 2]; STRUCT(a INTEGER); a; INTEGER[]",
        "5; DATE '2026-01-01'; INTEGER; a; DATE",
        "DATE '2026-01-01'; 'x'::BLOB; DATE; a; BLOB",
        "[1, 2]; 'text'; VARCHAR; b; INTEGER[]"
      })
  void namesTheColumnAndTheFileWhoseValuesTheCommonTypeDoesNotTake(
      String value, String other, String type, String owner, String common) {
    Parquet.write(file(0, "a.parquet"), "SELECT 1 AS id, %s AS x".formatted(value));
    Parquet.write(file(1, "b.parquet"), "SELECT 2 AS id, %s AS x".formatted(other));
    Job job = Job.in(directory).sourceAt(folder);

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining(
            "column \"x\" has the type %s in the file \"%s.parquet\", and another in others, with which it makes %s; 1 of its values cannot become that."
                .formatted(type, owner, common));
    assertThat(Job.rows(job.mapping("id", "id").run(), "id")).containsExactly("1", "2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "NULL::VARCHAR; {'a': 1}; ~|{'a': 1}",
        "'{''a'': 7}'; {'a': 1}; {'a': 7}|{'a': 1}",
        "{'a': 1}; {'b': 'x'}; {'a': 1, 'b': NULL}|{'a': NULL, 'b': x}",
        "[1]; [2.5]; [1.0]|[2.5]",
        "DATE '2026-01-01'; TIMESTAMP '2026-01-01 10:00:00'; 2026-01-01 00:00:00.0|2026-01-01 10:00:00.0",
        "5; 'x'; 5|x"
      })
  void takesWhatTheCommonTypeTakes(String value, String other, String rows) {
    Parquet.write(file(0, "a.parquet"), "SELECT 1 AS id, %s AS x".formatted(value));
    Parquet.write(file(1, "b.parquet"), "SELECT 2 AS id, %s AS x".formatted(other));

    TransformResult result = Job.in(directory).sourceAt(folder).run();

    assertThat(String.join("|", Job.rows(result, "x"))).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1 AS Id; 2 AS id, 3 AS Id",
        "2 AS id, 3 AS Id; 1 AS Id",
        "1 AS id, 2 AS Id; 3 AS Id, 4 AS id"
      })
  void refusesNamesThatTheEngineWouldExchange(String first, String second) throws IOException {
    writeNames(0, first);
    writeNames(1, second);
    Job job = Job.in(directory).sourceAt(folder);

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("their values would be exchanged");
    assertThat(job.mapping("n", "n").run().totalRows()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1 AS Id; 3 AS Id, 4 AS id",
        "1 AS Id, 2 AS id; 3 AS Id, 4 AS id",
        "1 AS Id; 3 AS id"
      })
  void takesNamesInOneOrder(String first, String second) throws IOException {
    writeNames(0, first);
    writeNames(1, second);

    TransformResult result = Job.in(directory).sourceAt(folder).mapping("Id", "id").run();

    assertThat(Job.rows(result, "id")).containsExactly("1", "3");
  }

  /** The engine itself writes no two names that differ in case alone. */
  private void writeNames(int index, String columns) throws IOException {
    Path file = file(index, "f" + index + ".parquet");
    String name = columns.substring(columns.lastIndexOf(' ') + 1);
    String select = columns.replaceFirst("(,.*) \\w+$", "$1 zz");
    Parquet.write(file, "SELECT 0 AS n, " + select);
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(file, bytes.replace("zz", name), StandardCharsets.ISO_8859_1);
  }

  @Test
  void namesTheCsvFileWhoseTextsAreNoStruct() throws IOException {
    Files.writeString(file(0, "a.csv"), "id,x\n1,text\n2,t\n");
    Parquet.write(file(1, "b.parquet"), "SELECT 2 AS id, {'a': 1} AS x");

    assertThatThrownBy(Job.in(directory).sourceAt(folder)::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("column \"x\" has the type VARCHAR in the file \"a.csv\"");
  }

  @Test
  void refusesFilesOfSeveralFormatsLikewise() throws IOException {
    Parquet.write(file(0, "a.parquet"), "SELECT 1 AS id, 9007199254740993 AS n");
    Schema schema =
        SchemaBuilder.record("Row").fields().requiredInt("id").requiredDouble("n").endRecord();
    try (var writer = new DataFileWriter<GenericData.Record>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, file(1, "b.avro").toFile());
      writer.append(new GenericRecordBuilder(schema).set("id", 2).set("n", 0.5).build());
    }

    assertThatThrownBy(Job.in(directory).sourceAt(folder)::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("column \"n\" has the type BIGINT in the file \"a.parquet\"");
    TransformResult others = Job.in(directory).sourceAt(folder).mapping("id", "id").run();
    assertThat(Job.rows(others, "id")).containsExactly("1", "2");
  }

  /** As pandas makes doubles of a file's integers beside a missing one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "9007199254740992; BIGINT; 0.5::DOUBLE; 9.007199254740992E15",
        "324684.617; DECIMAL(38,10); 0.5::DOUBLE; 324684.617",
        "1.2; DECIMAL(18,4); 1::DECIMAL(38,1); 1.2"
      })
  void unitesTypesThatHoldTheValues(String value, String type, String other, String wanted) {
    Parquet.write(file(0, "a.parquet"), "SELECT %s::%s AS n".formatted(value, type));
    Parquet.write(file(1, "b.parquet"), "SELECT %s AS n".formatted(other));

    TransformResult result = Job.in(directory).sourceAt(folder).run();

    assertThat(Job.rows(result, "n").get(0)).isEqualTo(wanted);
  }

  @Test
  void namesFileAndColumnThatCannotBeRead() throws IOException {
    Parquet.write(file(0, "a.parquet"), "SELECT 1 AS id, 'Bern' AS city");
    writeCity(file(1, "b.parquet"), "Z\u00fcrich".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(Job.in(directory).sourceAt(folder)::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("the source's file \"b.parquet\"'s column \"city\" cannot be read")
        .hasMessageContaining("in Parquet file \"b.parquet\"");
    TransformResult others = Job.in(directory).sourceAt(folder).mapping("id", "id").run();
    assertThat(Job.rows(others, "id")).containsExactly("1", "2");
  }

  @Test
  void namesTheFileThatDoesNotFitTheOthers() {
    Parquet.write(file(0, "a.parquet"), "SELECT {'a': 1} AS place");
    Parquet.write(file(1, "b.parquet"), "SELECT 'Bern' AS place");

    assertThatThrownBy(Job.in(directory).sourceAt(folder)::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("column \"place\" has the type VARCHAR in the file \"b.parquet\"")
        .hasMessageContaining("\"place\"");
  }

  @Test
  void refusesANameWithANul() throws IOException {
    Path file = directory.resolve("alone");
    write(file, "message m { required int32 a\u0000b; }", row -> row.add(0, 1));

    assertThatThrownBy(Job.in(directory).sourceAt(file)::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("column \"a\\u0000b\"");
  }

  private static void writeCity(Path file, byte[] text) throws IOException {
    write(
        file,
        "message m { required int32 id; required binary city (STRING); }",
        row -> {
          row.add("id", 2);
          row.add("city", Binary.fromConstantByteArray(text));
        });
  }

  private static void write(Path file, String schema, Consumer<SimpleGroup> values)
      throws IOException {
    MessageType type = MessageTypeParser.parseMessageType(schema);
    SimpleGroup row = new SimpleGroup(type);
    values.accept(row);
    try (var writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(type)
            .withConf(new PlainParquetConfiguration())
            .build()) {
      writer.write(row);
    }
  }
}
