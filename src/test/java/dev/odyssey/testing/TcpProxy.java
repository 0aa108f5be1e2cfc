package dev.odyssey.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A wire to a server on this machine that can be cut, blocked and mended. */
public final class TcpProxy implements AutoCloseable {
  private final ServerSocket door;
  private final int serverPort;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            var thread = new Thread(task, "proxy");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean cut;
  private boolean requestsHeld;
  private boolean answersHeld;

  public TcpProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  public int port() {
    return door.getLocalPort();
  }

  /** Ends every connection; new ones end at once. */
  public void cut() {
    cut = true;
    open.forEach(TcpProxy::end);
    open.clear();
  }

  /** What either side sends waits until {@link #mend()}; connections stay open. */
  public void stall() {
    hold(true, true);
  }

  /** What the server sends waits until {@link #mend()}; what is sent to it arrives. */
  public void holdAnswers() {
    hold(false, true);
  }

  public void mend() {
    cut = false;
    hold(false, false);
  }

  private synchronized void hold(boolean requests, boolean answers) {
    requestsHeld = requests;
    answersHeld = answers;
    notifyAll();
  }

  private synchronized void awaitPassage(boolean answer) throws InterruptedException {
    while (answer ? answersHeld : requestsHeld) {
      wait();
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
    threads.shutdownNow();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (cut) {
          end(client);
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        open.add(client);
        open.add(server);
        threads.execute(() -> carry(client, server, false));
        threads.execute(() -> carry(server, client, true));
      } catch (IOException e) {
        // closed, or the server is away: the client's next try finds out
      }
    }
  }

  private void carry(Socket from, Socket to, boolean answers) {
    byte[] bytes = new byte[8192];
    try {
      for (int n = from.getInputStream().read(bytes);
          n >= 0;
          n = from.getInputStream().read(bytes)) {
        awaitPassage(answers);
        to.getOutputStream().write(bytes, 0, n);
      }
    } catch (IOException | InterruptedException e) {
      // cut
    } finally {
      end(from);
      end(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private static void end(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // ended already
    }
  }
}
