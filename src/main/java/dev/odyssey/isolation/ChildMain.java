package dev.odyssey.isolation;

import dev.odyssey.failure.Failure;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.TransientFailure;
import dev.odyssey.isolation.Message.Task;
import dev.odyssey.transform.Transform;
import dev.odyssey.transform.WarmUp;
import dev.odyssey.transform.engine.KeptEngine;
import dev.odyssey.transform.engine.ProgressMeter;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The child process: carries out one transform after another, as lines on standard input ask for
 * them, and tells its progress twice a second. Halts when its input ends: then its runner is dead.
 */
public final class ChildMain {
  private static final int TELL_MILLIS = 500;

  private final OutputStream out;
  private final AtomicReference<ProgressMeter> underWay = new AtomicReference<>();
  private final KeptEngine engine = new KeptEngine();

  private ChildMain(OutputStream out) {
    this.out = out;
  }

  /** The working directory is the child's own and empty. */
  public static void main(String[] arguments) throws Exception {
    var messages = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err); // what a library prints is no message
    new ChildMain(messages).serve(Path.of("").toAbsolutePath());
  }

  private void serve(Path directory) throws Exception {
    BlockingQueue<String> tasks = new LinkedBlockingQueue<>();
    var reader = new Thread(() -> readInto(tasks), "tasks");
    reader.setDaemon(true);
    reader.start();
    WarmUp.runWhile(directory, tasks::isEmpty);
    var clock = new Timer("progress", true);
    clock.scheduleAtFixedRate(telling(), TELL_MILLIS, TELL_MILLIS);
    send(Message.of(Message.Type.READY));
    while (true) {
      String line = tasks.take();
      send(Message.of(Message.Type.BEGUN));
      sayAtLast(end(line));
    }
  }

  private Message end(String line) throws IOException {
    Task task = Message.JSON.readValue(line, Task.class);
    var meter = new ProgressMeter();
    underWay.set(meter);
    try {
      return Message.of(new Transform(task.settings(), engine).run(task.request(), meter));
    } catch (PermanentFailure e) {
      return Message.of(new Failure(false, e.getMessage(), e.advice(), e.details()));
    } catch (TransientFailure e) {
      return Message.of(new Failure(true, e.getMessage(), e.advice(), e.details()));
    } catch (RuntimeException e) {
      e.printStackTrace(); // on its way to the runner's log
      return Message.of(
          new Failure(
              true,
              "Unexpected %s in the transform: %s"
                  .formatted(e.getClass().getSimpleName(), e.getMessage()),
              "Look at the runner's log for the stack trace and report it as a defect.",
              null));
    }
  }

  private TimerTask telling() {
    return new TimerTask() {
      @Override
      public void run() {
        ProgressMeter meter = underWay.get();
        if (meter != null) {
          tell(meter, Message.of(meter.progress()));
        }
      }
    };
  }

  /** Unless its job has ended meanwhile: what comes behind its end is taken for the next job's. */
  private synchronized void tell(ProgressMeter meter, Message progress) {
    if (underWay.get() == meter) {
      send(progress);
    }
  }

  private synchronized void sayAtLast(Message end) {
    underWay.set(null);
    send(end);
  }

  /** Halts when nobody listens any more. */
  private synchronized void send(Message message) {
    try {
      out.write((Message.JSON.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      Runtime.getRuntime().halt(1);
    }
  }

  private static void readInto(BlockingQueue<String> tasks) {
    try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        tasks.add(line);
      }
    } catch (IOException e) {
      System.err.println("The runner cannot be heard any more: " + e);
    }
    Runtime.getRuntime().halt(0); // not exit: a query under way would be waited for
  }
}
