package dev.odyssey.transform.engine;

import dev.odyssey.failure.TransientFailure;
import dev.odyssey.work.Progress;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.QueryProgress;

/**
 * A transform under way, seen from outside: it tells where it stands, others read that and may stop
 * it. Thread-safe.
 */
public final class ProgressMeter {
  private volatile String step = "beginning";
  private volatile Progress told;
  private volatile long sourceBytes;
  private volatile long sourceRows;
  private volatile long madeBytes;
  private volatile long madeRows;
  private volatile boolean stopped;
  private Statement running; // guarded by this; perhaps closed already
  private EngineMemory memory; // likewise
  private final List<String> statements; // null: nobody reads them
  private final Set<String> facts = Collections.synchronizedSet(new LinkedHashSet<>());

  public ProgressMeter() {
    this(null);
  }

  private ProgressMeter(List<String> statements) {
    this.statements = statements;
  }

  /** One that also keeps what the transform finds out and the SQL that it runs. */
  public static ProgressMeter recording() {
    return new ProgressMeter(Collections.synchronizedList(new ArrayList<>()));
  }

  /** Where the transform stands now. */
  public synchronized Progress progress() {
    if (told != null) {
      return told;
    }
    if (memory == null) {
      return new Progress(step, 0, madeRows, madeBytes);
    }
    QueryProgress query = query();
    double percent = query == null ? 0 : Math.max(0, query.getPercentage());
    long rows = query == null ? 0 : rows(query, percent);
    EngineMemory.Use use = memory.now();
    return new Progress(
        step,
        percent,
        rows,
        Math.round(sourceBytes * percent / 100),
        use.memoryBytes(),
        use.spilledBytes());
  }

  /** The engine takes a text of any length for some forty rows. */
  private long rows(QueryProgress query, double percent) {
    return sourceRows == 0
        ? Math.max(0, query.getRowsProcessed())
        : Math.round(sourceRows * percent / 100);
  }

  /** Where a transform in another process says that it stands. */
  public void tell(Progress progress) {
    told = progress;
  }

  /** Interrupts the query that runs now and refuses every later step. Repeatable. */
  public synchronized void stop() {
    stopped = true;
    try {
      if (running != null) {
        running.cancel();
      }
    } catch (SQLException e) {
      // it has just ended; the next one does not begin
    }
  }

  /** The step that begins now, as in "reading the source file". */
  public void step(String name) {
    step = name;
    requireNotStopped();
  }

  public String step() {
    return step;
  }

  /** A fact about the file: its format, its encoding, how it is written. */
  public void found(String fact) {
    if (statements != null) {
      facts.add(fact);
    }
  }

  public String found() {
    return String.join(", ", facts);
  }

  /** SQL that runs now. */
  void runs(String sql) {
    if (statements != null) {
      statements.add(sql);
    }
  }

  public List<String> statements() {
    return List.copyOf(statements);
  }

  /**
   * What queries read from now on.
   *
   * @param rows about how many; 0 where the engine tells how many it has read
   */
  public void reads(long bytes, long rows) {
    sourceBytes = bytes;
    sourceRows = rows;
  }

  /** What has been made of the source so far, for the engine to read. */
  public void made(long bytes, long rows) {
    madeBytes = bytes;
    madeRows = rows;
  }

  /** The engine whose memory is told from now on. */
  synchronized void watches(EngineMemory engine) {
    memory = engine;
  }

  /** The query that runs next; the caller closes it. */
  synchronized <S extends Statement> S begins(S statement) {
    requireNotStopped();
    running = statement;
    return statement;
  }

  private QueryProgress query() {
    try {
      return running instanceof DuckDBPreparedStatement query ? query.getQueryProgress() : null;
    } catch (SQLException e) {
      return null; // the query has just ended
    }
  }

  /**
   * For work between the steps that takes long.
   *
   * @throws TransientFailure after {@link #stop()}
   */
  public void requireNotStopped() {
    if (stopped) {
      throw new TransientFailure(
          "The transform was stopped while " + progress().step(),
          "It begins again with the next attempt.");
    }
  }
}
