package dev.odyssey.bench.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** The matrix's side of all {@link Gate}s: everybody passes, but the one that is waited for. */
final class Gates implements AutoCloseable {
  private final ServerSocket door;
  private final AtomicReference<Trap> trap = new AtomicReference<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            var thread = new Thread(task, "gates");
            thread.setDaemon(true);
            return thread;
          });

  private record Trap(Step step, CompletableFuture<Held> caught) {}

  /**
   * A job, or a runner, that stands still at a step.
   *
   * @param run empty where the step belongs to no run
   */
  record Held(String replica, String run, Socket socket) {
    /** It goes on, or does so when its process wakes up. */
    void release() throws IOException {
      socket.close();
    }
  }

  Gates() throws IOException {
    door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** The next that comes to this step is held. */
  CompletableFuture<Held> hold(Step step) {
    CompletableFuture<Held> caught = new CompletableFuture<>();
    trap.set(new Trap(step, caught));
    return caught;
  }

  @Override
  public void close() throws IOException {
    door.close();
    threads.shutdownNow();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        threads.execute(() -> meet(client));
      } catch (IOException e) {
        // closed
      }
    }
  }

  private void meet(Socket client) {
    try {
      var reader =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
      String line = reader.readLine();
      if (line != null && isHeld(line.split(" ", -1), client)) {
        return;
      }
      client.close();
    } catch (IOException e) {
      // killed while it asked
    }
  }

  private boolean isHeld(String[] words, Socket client) {
    Trap set = trap.get();
    return set != null
        && set.step().title().equals(words[1])
        && trap.compareAndSet(set, null)
        && set.caught().complete(new Held(words[0], words[2], client));
  }
}
