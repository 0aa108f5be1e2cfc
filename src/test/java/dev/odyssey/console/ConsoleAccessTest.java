package dev.odyssey.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TestStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The console over plain HTTP: who gets in, and what happens while the database is away. */
class ConsoleAccessTest {
  private static Sandbox sandbox;
  private static SandboxRunner runner;
  private static UUID stream;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.throwAway();
    runner = SandboxRunner.start(sandbox, Map.of());
    stream = TestStream.in(sandbox).containing("id,name\n1,<b>bold</b>\n".getBytes(UTF_8)).define();
    runner.sync(stream);
  }

  @AfterAll
  static void stop() throws Exception {
    runner.close();
    sandbox.close();
  }

  @Test
  void everyPageAnswersOnThisMachine() throws Exception {
    for (String path : new String[] {"/", "/streams", "/streams/" + stream, "/dead-letters"}) {
      assertThat(runner.get(path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(runner.get("/streams/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    assertThat(runner.get("/streams/nonsense").statusCode()).isEqualTo(404);
  }

  @Test
  void whatTheDataSaysIsEscaped() throws Exception {
    assertThat(runner.get("/streams/" + stream + "/rows").body())
        .contains("&lt;b&gt;bold")
        .doesNotContain("<b>bold");
  }

  @Test
  void everyAnswerForbidsForeignScriptsAndFrames() throws Exception {
    assertThat(runner.get("/").headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  @Test
  void aNameThatWasReboundIsRefused() throws Exception {
    assertThat(request("GET / HTTP/1.0\r\nHost: attacker.example\r\n\r\n"))
        .startsWith("HTTP/1.0 403");
    assertThat(request("GET / HTTP/1.0\r\nHost: localhost\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n"))
        .startsWith("HTTP/1.0 403");
  }

  @Test
  void withoutAPasswordNobodyActs() throws Exception {
    assertThat(
            request(
                "POST /streams/%s/sync HTTP/1.0\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
                    .formatted(stream)))
        .startsWith("HTTP/1.0 403")
        .contains("DASHBOARD_PASSWORD");
  }

  @Test
  void anActionNeedsTheSessionsToken() throws Exception {
    try (var guarded =
        SandboxRunner.start(sandbox, Map.of("DASHBOARD_PASSWORD", "correct horse"))) {
      String login = post(guarded, "/login", "", "password=correct+horse&to=//evil.example");
      String cookie = login.replaceAll("(?s).*set-cookie: ([^;]*);.*", "$1");

      assertThat(login).startsWith("HTTP/1.0 303").contains("Location: /\r\n");
      assertThat(login).contains("HTTPOnly").contains("SameSite=Strict");
      assertThat(post(guarded, "/streams/" + stream + "/sync", cookie, "csrf=wrong"))
          .startsWith("HTTP/1.0 403");
      assertThat(post(guarded, "/streams/" + stream + "/sync", "", "csrf=wrong"))
          .startsWith("HTTP/1.0 303")
          .contains("Location: /login");
      assertThat(post(guarded, "/login", "", "password=wrong")).startsWith("HTTP/1.0 403");
      assertThat(guarded.get("/streams/" + stream).statusCode()).isEqualTo(303);
    }
  }

  @Test
  void nothingIsThereWhenItIsOff() throws Exception {
    try (var without = SandboxRunner.start(sandbox, Map.of("DASHBOARD_ENABLED", "false"))) {
      assertThat(without.get("/").statusCode()).isEqualTo(404);
      assertThat(without.get("/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void thePageSaysSoWhenTheDatabaseHangs() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "postgres://a:b@127.0.0.1:" + silent.getLocalPort() + "/x";
      var settings = Map.of("DATABASE_URL", url, "SHUTDOWN_TIMEOUT_SECONDS", "1");
      try (var cutOff = SandboxRunner.start(sandbox, settings)) {
        var page = cutOff.get("/");

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("The database does not answer").doesNotContain(":b@");
      }
    }
  }

  private static String post(SandboxRunner to, String path, String cookie, String form)
      throws IOException {
    return request(
        to.healthPort(),
        """
        POST %s HTTP/1.0\r
        Host: localhost\r
        Cookie: %s\r
        Content-Type: application/x-www-form-urlencoded\r
        Content-Length: %d\r
        \r
        %s"""
            .formatted(path, cookie, form.length(), form));
  }

  private static String request(String text) throws IOException {
    return request(runner.healthPort(), text);
  }

  private static String request(int port, String text) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(text.getBytes(UTF_8));
      try (InputStream in = socket.getInputStream()) {
        return new String(in.readAllBytes(), UTF_8);
      }
    }
  }
}
