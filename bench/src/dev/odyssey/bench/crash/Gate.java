package dev.odyssey.bench.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a job of the service asks the matrix whether it may go on. In the service's process, called
 * by the copied routes alone: no jar of the product has this class.
 */
public final class Gate {
  private static final String PORT = "CRASH_GATE_PORT";
  private static final String REPLICA = "CRASH_REPLICA";

  private Gate() {}

  /** What the class path of a replica needs. */
  static Path location() {
    return Path.of(Gate.class.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  /** What the environment of a replica needs. */
  static Map<String, String> settings(int port, String replica) {
    return Map.of(PORT, String.valueOf(port), REPLICA, replica);
  }

  /**
   * Waits as long as the matrix likes.
   *
   * @param run empty where the step belongs to no run
   */
  public static void pass(String step, String run) {
    int port = Integer.parseInt(System.getenv(PORT));
    try (Socket matrix = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String line = System.getenv(REPLICA) + " " + step + " " + run + "\n";
      matrix.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      matrix.getInputStream().read();
    } catch (IOException e) {
      // the matrix is gone, or lets us go this way
    }
  }
}
