package dev.odyssey.transform.diff;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/**
 * Puts further columns beside those of a Parquet file without decoding one value: row groups are
 * copied as they are, each followed by the column chunks that belong beside it, and the footer is
 * written anew (Apache Parquet's format, "File format" and parquet.thrift). For files that the
 * engine wrote: one after the other come all row groups, then what chunks refer to, the footer
 * last. Stateless.
 */
final class Splice {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL = Integer.BYTES + MAGIC.length;

  private Splice() {}

  /**
   * What a file says of itself.
   *
   * @param begin the footer's place in the file
   */
  record Footer(FileMetaData data, long begin) {
    /** The footer is read at once: Thrift asks for single bytes. */
    static Footer of(Path file) throws IOException {
      try (FileChannel in = FileChannel.open(file)) {
        int length = length(in);
        long begin = in.size() - TAIL - length;
        in.position(begin);
        byte[] footer = Channels.newInputStream(in).readNBytes(length);
        return new Footer(Util.readFileMetaData(new ByteArrayInputStream(footer)), begin);
      }
    }

    /** The footer's bytes, without the rest of what it would take to read it. */
    static int length(Path file) throws IOException {
      try (FileChannel in = FileChannel.open(file)) {
        return length(in);
      }
    }

    private static int length(FileChannel in) throws IOException {
      ByteBuffer tail = ByteBuffer.allocate(TAIL).order(ByteOrder.LITTLE_ENDIAN);
      while (tail.hasRemaining()) {
        if (in.read(tail, in.size() - tail.remaining()) < 0) {
          throw new EOFException("the Parquet file has no footer");
        }
      }
      return tail.getInt(0);
    }

    List<RowGroup> groups() {
      return data.getRow_groups();
    }

    private long begin(int group) {
      return groups().get(group).getColumns().stream()
          .mapToLong(Splice::firstPage)
          .min()
          .orElseThrow();
    }

    /** Where the row group ends, and what the chunks refer to may begin. */
    private long end(int group) {
      return groups().get(group).getColumns().stream()
          .mapToLong(chunk -> firstPage(chunk) + chunk.getMeta_data().getTotal_compressed_size())
          .max()
          .orElseThrow();
    }
  }

  /**
   * @param file at least one column
   * @param footer the file's; changed into that of the target
   * @param beside for each row group of the file one that has its number of rows in one row group
   *     and the same columns as the others; of a file without rows a single one without rows
   * @param target written over
   */
  static void columns(Path file, Footer footer, List<Path> beside, Path target) throws IOException {
    int groups = footer.groups().size();
    if (beside.size() != Math.max(1, groups)) {
      throw new IllegalArgumentException(
          "%d row groups, and %d files to go beside them".formatted(groups, beside.size()));
    }
    addSchema(footer.data(), Footer.of(beside.get(0)).data());
    try (FileChannel in = FileChannel.open(file);
        FileChannel out =
            FileChannel.open(
                target,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap(MAGIC));
      List<RowGroup> added = new ArrayList<>();
      long rest = groups == 0 ? footer.begin() : footer.end(groups - 1);
      for (int i = 0; i < groups; i++) {
        RowGroup group = footer.groups().get(i);
        long begin = footer.begin(i);
        long end = i + 1 < groups ? footer.begin(i + 1) : rest;
        movePages(group, out.position() - begin);
        group.setFile_offset(out.position());
        copy(in, begin, end, out);
        added.add(append(group, beside.get(i), out));
      }
      long shift = out.position() - rest;
      for (int i = 0; i < groups; i++) {
        moveReferred(footer.groups().get(i), rest, footer.begin(), shift);
        join(footer.groups().get(i), added.get(i));
      }
      copy(in, rest, footer.begin(), out);
      end(footer.data(), out);
    }
  }

  private static void addSchema(FileMetaData data, FileMetaData more) {
    List<SchemaElement> columns = more.getSchema().subList(1, more.getSchemaSize());
    SchemaElement root = data.getSchema().get(0);
    root.setNum_children(root.getNum_children() + more.getSchema().get(0).getNum_children());
    data.getSchema().addAll(columns);
    if (data.isSetColumn_orders()) {
      data.getColumn_orders().addAll(more.getColumn_orders());
    }
  }

  /** Copies the file's row group, with all that its chunks refer to. */
  private static RowGroup append(RowGroup group, Path file, FileChannel out) throws IOException {
    Footer footer = Footer.of(file);
    RowGroup more = footer.groups().get(0);
    if (footer.groups().size() != 1 || more.getNum_rows() != group.getNum_rows()) {
      throw new IllegalArgumentException(
          "%s: %d rows in %d row groups, beside one of %d rows"
              .formatted(
                  file.getFileName(),
                  footer.data().getNum_rows(),
                  footer.groups().size(),
                  group.getNum_rows()));
    }
    try (FileChannel in = FileChannel.open(file)) {
      long shift = out.position() - MAGIC.length;
      movePages(more, shift);
      moveReferred(more, MAGIC.length, footer.begin(), shift);
      copy(in, MAGIC.length, footer.begin(), out);
    }
    return more;
  }

  private static void join(RowGroup group, RowGroup more) {
    group.getColumns().addAll(more.getColumns());
    group.setTotal_byte_size(group.getTotal_byte_size() + more.getTotal_byte_size());
    if (group.isSetTotal_compressed_size()) {
      group.setTotal_compressed_size(
          group.getColumns().stream()
              .mapToLong(chunk -> chunk.getMeta_data().getTotal_compressed_size())
              .sum());
    }
  }

  private static void end(FileMetaData data, FileChannel out) throws IOException {
    long begin = out.position();
    OutputStream buffered = new BufferedOutputStream(Channels.newOutputStream(out));
    Util.writeFileMetaData(data, buffered);
    buffered.flush();
    int length = Math.toIntExact(out.position() - begin);
    ByteBuffer tail = ByteBuffer.allocate(TAIL).order(ByteOrder.LITTLE_ENDIAN);
    out.write(tail.putInt(length).put(MAGIC).flip());
  }

  private static long firstPage(ColumnChunk chunk) {
    ColumnMetaData column = chunk.getMeta_data();
    return column.isSetDictionary_page_offset()
        ? Math.min(column.getDictionary_page_offset(), column.getData_page_offset())
        : column.getData_page_offset();
  }

  private static void movePages(RowGroup group, long shift) {
    for (ColumnChunk chunk : group.getColumns()) {
      ColumnMetaData column = chunk.getMeta_data();
      column.setData_page_offset(column.getData_page_offset() + shift);
      if (column.isSetDictionary_page_offset()) {
        column.setDictionary_page_offset(column.getDictionary_page_offset() + shift);
      }
      if (column.isSetIndex_page_offset()) {
        column.setIndex_page_offset(column.getIndex_page_offset() + shift);
      }
    }
  }

  /** Bloom filters and indexes, all of which lie between two places of their old file. */
  private static void moveReferred(RowGroup group, long begin, long end, long shift) {
    for (ColumnChunk chunk : group.getColumns()) {
      ColumnMetaData column = chunk.getMeta_data();
      if (column.isSetBloom_filter_offset()) {
        column.setBloom_filter_offset(within(column.getBloom_filter_offset(), begin, end) + shift);
      }
      if (chunk.isSetColumn_index_offset()) {
        chunk.setColumn_index_offset(within(chunk.getColumn_index_offset(), begin, end) + shift);
      }
      if (chunk.isSetOffset_index_offset()) {
        chunk.setOffset_index_offset(within(chunk.getOffset_index_offset(), begin, end) + shift);
      }
    }
  }

  private static long within(long offset, long begin, long end) {
    if (offset < begin || offset >= end) {
      throw new IllegalArgumentException(
          "a Bloom filter or index at %d, not between %d and %d".formatted(offset, begin, end));
    }
    return offset;
  }

  private static void copy(FileChannel in, long begin, long end, FileChannel out)
      throws IOException {
    for (long at = begin; at < end; ) {
      long copied = in.transferTo(at, end - at, out);
      if (copied <= 0) {
        throw new EOFException("the Parquet file ends at %d, before %d".formatted(at, end));
      }
      at += copied;
    }
  }
}
