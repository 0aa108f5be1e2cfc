package dev.odyssey.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** 127.0.0.1, the only address the sandbox listens on. */
final class Loopback {

  static final InetAddress ADDRESS = address();

  private Loopback() {}

  /** A port that is free now; somebody else may take it before you do. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, ADDRESS)) {
      return socket.getLocalPort();
    }
  }

  private static InetAddress address() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new UncheckedIOException("Four bytes are always an address", e);
    }
  }
}
