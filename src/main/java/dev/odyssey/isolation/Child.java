package dev.odyssey.isolation;

import dev.odyssey.isolation.Message.Task;
import dev.odyssey.transform.TransformRequest;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * A child process as the runner sees it: a task in, messages out. Nothing that it says is trusted
 * to be short or well-formed. Used by one thread at a time.
 */
final class Child {
  private static final Logger LOG = LoggerFactory.getLogger(Child.class);
  private static final int MAX_MESSAGE_BYTES = 16 << 20;
  private static final int MAX_LOGGED_LINE = 500;
  private static final int MAX_LOGGED_LINES = 200;

  private final Process process;
  private final Path directory;
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private volatile boolean ready;
  private volatile boolean killed;
  private volatile Map<String, String> context = Map.of();
  private int jobs;
  private Path room; // in which the last job's directory lies

  private Child(Process process, Path directory) {
    this.process = process;
    this.directory = directory;
  }

  /**
   * @param directory the child's own, empty
   */
  static Child start(ChildCommand command, Path directory) throws IOException {
    var child = new Child(command.in(directory).start(), directory);
    child.background("messages", child::readMessages);
    child.background("log", child::readLog);
    return child;
  }

  /**
   * Does not wait until the child has read it: a hanging one never does. What the child prints from
   * now on is logged as of the caller's job.
   */
  void give(Task task) {
    jobs++;
    room = task.request().directory().getParent();
    Map<String, String> caller = MDC.getCopyOfContextMap();
    context = caller == null ? Map.of() : caller;
    background("task", () -> write(task));
  }

  /** Whether it may have an engine that reaches this job's directory and no other's. */
  boolean knows(TransformRequest request) {
    return request.directory().getParent().equals(room);
  }

  /** Its job is over: what it prints from now on is no job's. */
  void rest() {
    context = Map.of();
  }

  /** The next message after {@code READY}; empty when none came in time. */
  Optional<Message> next(Duration patience) throws InterruptedException {
    return Optional.ofNullable(messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Whether it has said so: it begins at once with a task that it is given. */
  boolean isReady() {
    return ready;
  }

  /** Runs that, elsewhere, when this has ended; also where it has ended already. */
  void onExit(Runnable action) {
    background(
        "end",
        () -> {
          process.onExit().join();
          action.run();
        });
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  int jobs() {
    return jobs;
  }

  Path directory() {
    return directory;
  }

  /** Ends it now, whatever it does; returns when it is gone. */
  void kill() {
    killed = true;
    process.destroyForcibly().onExit().join();
  }

  /** How it ended; empty where it lives on. */
  OptionalInt exitCode(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
        ? OptionalInt.of(process.exitValue())
        : OptionalInt.empty();
  }

  private void write(Task task) {
    try {
      OutputStream in = process.getOutputStream();
      in.write((Message.JSON.writeValueAsString(task) + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException e) {
      LOG.debug("Transform process {} takes no task: {}", pid(), e.toString()); // it is dying
    }
  }

  private void readMessages() {
    Message.Type last = Message.Type.ENDED;
    try {
      var in = new BufferedInputStream(process.getInputStream()); // stays open: closed, it kills
      for (byte[] line = line(in); line != null; line = line(in)) {
        Message message = Message.JSON.readValue(line, Message.class);
        if (message == null || message.type() == null) {
          throw new IOException("a message without a type");
        }
        if (message.type() == Message.Type.READY) {
          ready = true;
        } else {
          messages.add(message);
        }
      }
    } catch (IOException | RuntimeException e) {
      if (!killed && isAlive()) {
        warn("says what is no message: " + cut(e.toString()));
        last = Message.Type.GARBAGE;
      }
    }
    messages.add(Message.of(last));
  }

  /** Null at the end; a line without its end is the last words of one who died. */
  private static byte[] line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return line.toByteArray();
      }
      if (line.size() == MAX_MESSAGE_BYTES) {
        throw new IOException("a message without end");
      }
      line.write(b);
    }
    return null;
  }

  private void readLog() {
    try (var lines = process.errorReader(StandardCharsets.UTF_8)) {
      char[] buffer = new char[8192];
      var line = new StringBuilder();
      int logged = 0;
      for (int n = lines.read(buffer); n >= 0; n = lines.read(buffer)) {
        for (int i = 0; i < n; i++) {
          if (buffer[i] != '\n') {
            line.append(line.length() < MAX_LOGGED_LINE ? buffer[i] + "" : "");
          } else if (logged++ < MAX_LOGGED_LINES) {
            warn("says: " + line);
            line.setLength(0);
          }
        }
      }
    } catch (IOException e) {
      LOG.debug("The log of transform process {} ended: {}", pid(), e.toString());
    }
  }

  private void warn(String what) {
    MDC.setContextMap(context);
    LOG.warn("Transform process {} {}", pid(), what);
  }

  private void background(String name, Runnable work) {
    var thread = new Thread(work, "transform-%d-%s".formatted(pid(), name));
    thread.setDaemon(true);
    thread.start();
  }

  private static String cut(String text) {
    return text.length() > MAX_LOGGED_LINE ? text.substring(0, MAX_LOGGED_LINE) + "…" : text;
  }
}
