package dev.odyssey.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands for Supabase Storage's download URL, on a free port of 127.0.0.1: {@code GET
 * /storage/v1/object/authenticated/bucket/path} with the service key answers the file {@code
 * folder/bucket/path}. Tests can make answers fail and read what was asked. Thread-safe.
 *
 * <p>On plain sockets, one request a connection: an HTTP server would not let a test reset one.
 */
public final class StorageStandIn implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StorageStandIn.class);
  private static final int CLIENT_SILENCE_MILLIS = 30_000;

  private final ServerSocket server;
  private final StoredObjects objects;
  private final Deque<Fault> faults = new ConcurrentLinkedDeque<>();
  private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService connections =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "storage-stand-in");
            thread.setDaemon(true);
            return thread;
          });

  private StorageStandIn(ServerSocket server, StoredObjects objects) {
    this.server = server;
    this.objects = objects;
  }

  /**
   * Starts to answer with the folder's files.
   *
   * @param serviceKey the only key that is let in
   */
  public static StorageStandIn start(Path folder, String serviceKey) {
    try {
      Path absolute = Files.createDirectories(folder).toRealPath();
      var standIn =
          new StorageStandIn(
              new ServerSocket(0, 50, Loopback.ADDRESS), new StoredObjects(absolute, serviceKey));
      standIn.connections.execute(standIn::accept);
      return standIn;
    } catch (IOException e) {
      throw new UncheckedIOException("The storage stand-in did not start on " + folder, e);
    }
  }

  /** The server as the runner's {@code SUPABASE_URL}. */
  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Spoils the next answers, in the order of the calls; those after them are right again. */
  public void failNext(int answers, Fault fault) {
    for (int answer = 0; answer < answers; answer++) {
      faults.add(fault);
    }
  }

  /** From now on every answer is right. */
  public void mend() {
    faults.clear();
  }

  /** Every request so far, in the order of arrival. */
  public List<ReceivedRequest> requests() {
    return List.copyOf(requests);
  }

  /** Breaks all connections off, also stalled ones. */
  @Override
  public void close() {
    closed.countDown();
    connections.shutdownNow();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The storage stand-in did not stop", e);
    }
  }

  private void accept() {
    while (true) {
      try {
        Socket client = server.accept();
        connections.execute(() -> serve(client));
      } catch (IOException | RejectedExecutionException weAreClosing) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (Socket socket = client) {
      socket.setSoTimeout(CLIENT_SILENCE_MILLIS);
      var request = ReceivedRequest.read(socket.getInputStream());
      if (request.isPresent()) {
        requests.add(request.get());
        answer(request.get(), socket);
      }
    } catch (IOException e) {
      LOG.debug("A client of the storage stand-in went away: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(ReceivedRequest request, Socket socket)
      throws IOException, InterruptedException {
    Fault fault = faults.poll();
    Answer answer =
        fault instanceof Fault.Status status ? Answer.failure(status) : objects.answer(request);
    if (fault instanceof Fault.Gzip) {
      answer = answer.inGzip();
    }
    var sender = new AnswerSender(socket, closed);
    sender.sendHead(answer, fault);
    if (!request.method().equals("HEAD")) {
      sender.sendBody(answer, fault);
    }
  }
}
