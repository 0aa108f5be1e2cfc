package dev.odyssey.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Writes one answer to a connection, as well or as badly as the fault says. */
final class AnswerSender {

  private static final int SLICES_PER_SECOND = 10;

  private final Socket socket;
  private final CountDownLatch closed;

  /**
   * @param closed ends waits when the stand-in closes
   */
  AnswerSender(Socket socket, CountDownLatch closed) {
    this.socket = socket;
    this.closed = closed;
  }

  /**
   * @param fault null for none
   */
  void sendHead(Answer answer, Fault fault) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " -\r\n");
    answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append(
        fault instanceof Fault.CutChunks
            ? "Transfer-Encoding: chunked\r\n"
            : "Content-Length: " + answer.length() + "\r\n");
    head.append("Connection: close\r\n\r\n");
    socket.getOutputStream().write(head.toString().getBytes(ISO_8859_1));
  }

  /**
   * @param fault null for none
   */
  void sendBody(Answer answer, Fault fault) throws IOException, InterruptedException {
    try (InputStream body = answer.body().open()) {
      if (fault instanceof Fault.Reset reset) {
        copy(body, reset.afterBytes());
        socket.setSoLinger(true, 0); // makes closing a reset
      } else if (fault instanceof Fault.Truncation truncation) {
        copy(body, truncation.afterBytes());
      } else if (fault instanceof Fault.CutChunks cut) {
        String size = Long.toHexString(cut.afterBytes()) + "\r\n";
        socket.getOutputStream().write(size.getBytes(ISO_8859_1));
        copy(body, cut.afterBytes());
        socket.getOutputStream().write("\r\n".getBytes(ISO_8859_1));
      } else if (fault instanceof Fault.Interlude interlude) {
        copy(body, interlude.afterBytes());
        interlude.meanwhile().run();
      } else if (fault instanceof Fault.Stall stall) {
        copy(body, stall.afterBytes());
        closed.await();
      } else if (fault instanceof Fault.Slowness slowness) {
        copySlowly(body, answer.length(), slowness.bytesPerSecond());
      } else {
        copy(body, answer.length());
      }
    }
  }

  private void copySlowly(InputStream body, long length, long bytesPerSecond)
      throws IOException, InterruptedException {
    long slice = Math.max(1, bytesPerSecond / SLICES_PER_SECOND);
    for (long sent = 0; sent < length; sent += slice) {
      copy(body, Math.min(slice, length - sent));
      if (closed.await(1000 / SLICES_PER_SECOND, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  private void copy(InputStream body, long length) throws IOException {
    OutputStream output = socket.getOutputStream();
    byte[] buffer = new byte[64 * 1024];
    long left = length;
    while (left > 0) {
      int read = body.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        return;
      }
      output.write(buffer, 0, read);
      left -= read;
    }
    output.flush();
  }
}
