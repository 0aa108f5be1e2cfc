package dev.odyssey.transform.file;

import static dev.odyssey.transform.file.Pack.ascii;
import static dev.odyssey.transform.file.Pack.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file is by its first bytes, whatever its name says. */
class FileSignatureTest {
  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @MethodSource("foreign")
  void refusesWhatItCannotRead(String what, byte[] file) {
    Job job = Job.in(directory).file(file);
    assertThatThrownBy(job::run).isInstanceOf(PermanentFailure.class).hasMessageContaining(what);
  }

  static Stream<Arguments> foreign() {
    byte[] tar = new byte[1024];
    System.arraycopy(bytes("ustar"), 0, tar, 257, 5);
    byte[] encrypted = new byte[4096];
    System.arraycopy(ascii("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1"), 0, encrypted, 0, 8);
    byte[] old = encrypted.clone();
    byte[] name = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
    System.arraycopy(name, 0, encrypted, 1000, name.length);
    return Stream.of(
        Arguments.of("7-Zip", ascii("7z\u00bc\u00af'\u001c\0\u0004rest")),
        Arguments.of("RAR", ascii("Rar!\u001a\u0007\u0001\0rest")),
        Arguments.of("a tar archive", tar),
        Arguments.of("LZ4", ascii("\u0004\"M\u0018@@\u00c0")),
        Arguments.of("LZMA", ascii("]\0\0\u0080\0\u00ff\u00ff")),
        Arguments.of("lzip", ascii("LZIP\u0001\u000c\0")),
        Arguments.of("Snappy", ascii("\u00ff\u0006\0\0sNaPpY\u0001")),
        Arguments.of("Unix compress", ascii("\u001f\u009d\u0090a")),
        Arguments.of("encrypted Parquet", ascii("PARE\u0015\0\u0001PARE")),
        Arguments.of("PDF", bytes("%PDF-1.7\n%\n")),
        Arguments.of("PDF", bytes("\n%PDF-1.7\n%\n")),
        Arguments.of("RTF", bytes("{\\rtf1\\ansi a,b}")),
        Arguments.of("SYLK", bytes("ID;PSCALC3\r\nP;PGeneral\r\nC;X1;Y1;K\"id\"\r\nE\r\n")),
        Arguments.of("DIF", bytes("TABLE\r\n0,1\r\n\"EXCEL\"\r\nVECTORS\r\n0,2\r\n\"\"\r\n")),
        Arguments.of("Git LFS", bytes("version https://git-lfs.github.com/spec/v1\nsize 12\n")),
        Arguments.of("an HTML page", bytes("<!-- 1\n -->\n<html><body>a,b</body></html>")),
        Arguments.of("an HTML page", bytes("<table border=1><tr><td>a,b</td></tr></table>")),
        Arguments.of("XML", bytes("<!-- 1 --><a>1,2</a>")),
        Arguments.of("MHTML", bytes("MIME-Version: 1.0\nContent-Type: multipart/related\n")),
        Arguments.of("ARFF", bytes("% iris\n\n@RELATION iris\n@ATTRIBUTE n NUMERIC\n@DATA\n1\n")),
        Arguments.of("OFX", bytes("OFXHEADER:100\nDATA:OFXSGML\n")),
        Arguments.of("QIF", bytes("!Type:Bank\nD01/01/2026\nT-10.00\n^\n")),
        Arguments.of("MT940", bytes(":20:START\r\n:25:12345678/1234567890\r\n:28C:0\r\n")),
        Arguments.of("MT940", bytes("{1:F01X}{2:O940X}{4:\r\n:20:S\r\n:21:R\r\n:25:1\r\n")),
        Arguments.of("an EDI message", bytes("UNB+UNOA:1+A+B+200101:1200+1'UNZ+1+1'")),
        Arguments.of("an EDI message", bytes("ISA*00*          *00*          *ZZ*A~")),
        Arguments.of(".ics", bytes("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")),
        Arguments.of("JavaScript", bytes("var geo = {type: \"FeatureCollection\"};")),
        Arguments.of("JavaScript", bytes("window.YTD.tweet.part0 = [ {\n\"tweet\" : {}}]")),
        Arguments.of("JavaScript", bytes("module.exports = [\n{a: 1}];")),
        Arguments.of("JavaScript", bytes("export default [\n{a: 1}];")),
        Arguments.of("JavaScript", bytes("callback([\n{\"a\":1,\"b\":2}\n]);")),
        Arguments.of("JavaScript", bytes("/*O_o*/\ngoogle.setResponse({\"table\":{}});")),
        Arguments.of(".vcf", bytes("BEGIN:VCARD\nFN:A\nEND:VCARD\n")),
        Arguments.of("an SQL script", bytes("-- MySQL dump 10.13\nCREATE TABLE t (a int);\n")),
        Arguments.of("an SQL script", bytes("--\n-- PostgreSQL database dump\n--\n")),
        Arguments.of("an SQL script", bytes("/*M!999999\\- x */ \n-- MariaDB dump 10.19\n")),
        Arguments.of("dBase", dbase()),
        Arguments.of("Stata", ascii("r\u0002\u0001\0\u0003\0\u0002\0\0\0\0\0")),
        Arguments.of("Stata", ascii("<stata_dta><header><K>\u0002\0</K>")),
        Arguments.of("SPSS", ascii("$FL2@(#) IBM SPSS STATISTICS\u0002\0\0\0")),
        Arguments.of("SAS", bytes("HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!0000  ")),
        Arguments.of("NumPy", ascii("\u0093NUMPY\u0001\0v\0{'descr': '<i8', 'shape': (3,), }\n")),
        Arguments.of("R data", ascii("RDX3\nX\n\0\0\0\u0003")),
        Arguments.of("HDF5", ascii("\u0089HDF\r\n\u001a\n")),
        Arguments.of("Access", ascii("\0\u0001\0\0Standard Jet DB\0")),
        Arguments.of("neither text nor", ascii("\u0016\0\0\0\u0010id\0\u0001\0\0\0\u0002n\0a\0\0")),
        Arguments.of("neither text nor", noise()),
        Arguments.of("an HTML page", bytes("<!DOCTYPE html><html><body>502</body></html>")),
        Arguments.of("with a password", encrypted),
        Arguments.of("Excel 97", old),
        Arguments.of(
            ".xlsb",
            Pack.zip(Map.of("[Content_Types].xml", bytes("<a/>"), "xl/workbook.bin", bytes("x")))),
        Arguments.of("OpenDocument", Pack.zip(Map.of("mimetype", bytes("application/vnd.oasis")))),
        Arguments.of("is empty", new byte[0]));
  }

  /** One field, one record. */
  private static byte[] dbase() {
    return ascii(
        "\u0003~\u0001\u0011\u0001\0\0\0A\0\u000b\0"
            + "\0".repeat(20)
            + "NAME"
            + "\0".repeat(7)
            + "C\0\0\0\0\n"
            + "\0".repeat(15)
            + "\r Alice     \u001a");
  }

  private static byte[] noise() {
    byte[] noise = new byte[5_000];
    new Random(7).nextBytes(noise);
    return noise;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ID;PRICE\nC;5\n", "ID;P\nP;7\n", "TABLE\n0,1\n2,3\n"})
  void readsATextThatBeginsAsASpreadsheetsExportDoes(String text) {
    assertThat(Job.in(directory).file(text).run().totalRows()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "isa,n\n1,2\n",
        "@relation;n\n1;2\n",
        "-- id,n\n1,2\n",
        ":20:,n\n1,2\n",
        "RDX,n\n1,2\n",
        "<td>,<table>\n1,2\n",
        "var = x,n\n1,2\n",
        "let x [m],n\n1,2\n",
        "f([m]),n\n1,2\n"
      })
  void readsATextThatBeginsNearlyAsOtherFormatsDo(String text) {
    assertThat(Job.in(directory).file(text).run().totalRows()).isEqualTo(1);
  }

  /** Control characters may be delimiters, or dirt. */
  @Test
  void readsATextWithAFewKindsOfControlCharacters() {
    Job job = Job.in(directory).file("id\u0001n\n1\u0001a\u001b[0m\u0007\n2\u0001b\u0008\n");
    assertThat(job.run().totalRows()).isEqualTo(2);
  }

  /** What a storage answers in place of a file is no table without rows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"statusCode\":\"404\",\"error\":\"not_found\"}",
        "[\n  {\"a\": 1, \"b\": 2},\n  {\"a\": 3}\n]\n",
        "<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error>",
        "<Error><Code>NoSuchKey</Code></Error>"
      })
  void refusesOtherFormatsUnderTheNameOfACsvFile(String text) {
    Job job = Job.in(directory).file(text).config("{'filePath': 'in/data.csv'}");
    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("should be csv but is ")
        .hasMessageContaining("(data.csv)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[id],[n]\n1,x\n", "{id},{n}\n1,x\n", "[1]\n[2]\n"})
  void readsACsvFileThatBeginsAsJsonDoes(String text) {
    Job job = Job.in(directory).file(text).config("{'filePath': 'in/data.csv'}");
    assertThat(job.run().columns()).isNotEmpty();
  }
}
