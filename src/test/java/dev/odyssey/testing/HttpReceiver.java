package dev.odyssey.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * A web server that keeps what is posted to it; or, told so, takes everything and never answers.
 */
public final class HttpReceiver implements AutoCloseable {
  private final List<Posted> posted = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile boolean silent;

  /**
   * @param authorization null where none was sent
   * @param latin1 the unpacked body, a character for each byte
   */
  public record Posted(String path, String authorization, String latin1) {
    public byte[] body() {
      return latin1.getBytes(ISO_8859_1);
    }
  }

  public HttpReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public List<Posted> posted() {
    return new ArrayList<>(posted);
  }

  /** From now on nobody gets an answer. */
  public void fallSilent() {
    silent = true;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange;
        InputStream body = unpacked(exchange)) {
      posted.add(
          new Posted(
              exchange.getRequestURI().getPath(),
              exchange.getRequestHeaders().getFirst("Authorization"),
              new String(body.readAllBytes(), ISO_8859_1)));
      if (silent) {
        closed.await();
      }
      exchange.sendResponseHeaders(200, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static InputStream unpacked(HttpExchange exchange) throws IOException {
    return "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
        ? new GZIPInputStream(exchange.getRequestBody())
        : exchange.getRequestBody();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
