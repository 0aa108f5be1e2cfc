package dev.odyssey.lineage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpBackendTest {

  @Test
  void doesNotWaitForAnAnswerThatNeverEnds() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread stalling = new Thread(() -> answerHalf(server), "stalling");
      stalling.start();
      URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");

      assertThatThrownBy(() -> new HttpBackend(url, Optional.empty()).take("{}"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("does not answer within");
      stalling.join();
    }
  }

  /** Until the other side gives up. */
  private static void answerHalf(ServerSocket server) {
    try (Socket socket = server.accept()) {
      String head = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
