package dev.odyssey.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A wire to an S3 server that tells requests apart and spoils those it is told to. */
public final class FaultyS3 implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");

  private final int serverPort;
  private final ServerSocket door;
  private final Queue<Spoiled> spoiled = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            var thread = new Thread(task, "faulty-s3");
            thread.setDaemon(true);
            return thread;
          });

  private record Spoiled(Pattern request, Trouble trouble) {}

  /** What becomes of a request. */
  public sealed interface Trouble {}

  /** Is answered with this status and error code, and never arrives. */
  public record Status(int status, String code) implements Trouble {}

  /** So much of its body arrives, then both connections are reset. */
  public record CutRequest(long afterBytes) implements Trouble {}

  /** So much of its body is taken, and nothing ever comes back. */
  public record Stall(long afterBytes) implements Trouble {}

  /** It arrives and is done, but the connection breaks after so much of the answer. */
  public record CutAnswer(long afterBytes) implements Trouble {}

  /** A HEAD is told this length. */
  public record WrongLength(long bytes) implements Trouble {}

  /**
   * Arrives as a whole, but only when told; nobody hears the answer.
   *
   * @param taken is completed when the sender has sent it all
   * @param release lets it go on
   * @param done gets the first line of the answer
   */
  public record Late(
      CompletableFuture<Void> taken,
      CompletableFuture<Void> release,
      CompletableFuture<String> done)
      implements Trouble {
    public Late() {
      this(new CompletableFuture<>(), new CompletableFuture<>(), new CompletableFuture<>());
    }
  }

  public FaultyS3(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  public String url() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  /**
   * Spoils the next requests of a kind.
   *
   * @param request found in a first line such as {@code PUT /streams/a.parquet?partNumber=1}
   */
  public void spoil(int times, String request, Trouble trouble) {
    for (int i = 0; i < times; i++) {
      spoiled.add(new Spoiled(Pattern.compile(request), trouble));
    }
  }

  /** From now on nothing is spoiled. */
  public void mend() {
    spoiled.clear();
  }

  /** How many requests are still to be spoiled. */
  public int left() {
    return spoiled.size();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    door.close();
    threads.shutdownNow();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        // closed
      }
    }
  }

  /** One request a connection: the head that goes on says so. */
  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
      InputStream in = client.getInputStream();
      String head = head(in);
      if (head.isEmpty()) {
        return;
      }
      if (head.toLowerCase(java.util.Locale.ROOT).contains("\r\nexpect: 100-continue")) {
        client.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
      }
      Matcher length = LENGTH.matcher(head);
      long bytes = length.find() ? Long.parseLong(length.group(1)) : 0;
      String passed =
          head.replaceAll("(?im)^(expect|connection):.*\r\n", "")
              .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
      carry(trouble(head), new Request(passed, in, bytes), client, server);
    } catch (IOException e) {
      // one of them is gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Request(String head, InputStream body, long bytes) {
    void passTo(Socket server, long atMost) throws IOException {
      server.getOutputStream().write(head.getBytes(ISO_8859_1));
      copy(body, server.getOutputStream(), Math.min(bytes, atMost));
      server.getOutputStream().flush();
    }
  }

  private void carry(Trouble trouble, Request request, Socket client, Socket server)
      throws IOException, InterruptedException {
    OutputStream back = client.getOutputStream();
    if (trouble instanceof Status status) {
      copy(request.body(), OutputStream.nullOutputStream(), request.bytes());
      String xml = "<Error><Code>%s</Code><Message>no</Message></Error>".formatted(status.code());
      answer(back, status.status() + " -", xml.length(), xml);
    } else if (trouble instanceof CutRequest cut) {
      request.passTo(server, cut.afterBytes());
      reset(server);
      reset(client);
    } else if (trouble instanceof Stall stall) {
      copy(request.body(), OutputStream.nullOutputStream(), stall.afterBytes());
      closed.await();
    } else if (trouble instanceof CutAnswer cut) {
      request.passTo(server, Long.MAX_VALUE);
      copy(server.getInputStream(), back, cut.afterBytes());
      reset(client);
    } else if (trouble instanceof WrongLength wrong) {
      answer(back, "200 OK", wrong.bytes(), "");
    } else if (trouble instanceof Late late) {
      var body = new ByteArrayOutputStream();
      copy(request.body(), body, request.bytes());
      late.taken().complete(null);
      late.release().join();
      server.getOutputStream().write(request.head().getBytes(ISO_8859_1));
      body.writeTo(server.getOutputStream());
      late.done().complete(head(server.getInputStream()).lines().findFirst().orElse(""));
    } else {
      request.passTo(server, Long.MAX_VALUE);
      server.getInputStream().transferTo(back);
    }
  }

  private static void answer(OutputStream back, String status, long length, String body)
      throws IOException {
    String head =
        "HTTP/1.1 %s\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n";
    back.write((head.formatted(status, length) + body).getBytes(ISO_8859_1));
    back.flush();
  }

  private Trouble trouble(String head) {
    String line = head.lines().findFirst().orElse("");
    for (Iterator<Spoiled> all = spoiled.iterator(); all.hasNext(); ) {
      Spoiled next = all.next();
      if (next.request().matcher(line).find()) {
        all.remove();
        return next.trouble();
      }
    }
    return null;
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      if (b == '\n' && head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
        return head.toString(ISO_8859_1);
      }
    }
    return "";
  }

  private static void copy(InputStream from, OutputStream to, long bytes) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = bytes;
    for (int n = 0; left > 0 && n >= 0; left -= n) {
      n = from.read(buffer, 0, (int) Math.min(buffer.length, left));
      to.write(buffer, 0, Math.max(n, 0));
    }
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0); // makes closing a reset
    socket.close();
  }
}
