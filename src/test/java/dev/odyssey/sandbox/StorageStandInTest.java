package dev.odyssey.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.testing.SandboxRunner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageStandInTest {

  private static final String OBJECTS = "/storage/v1/object/authenticated/";
  private static final String PATH = OBJECTS + "schema-files/tenant/a%20file.csv";

  @TempDir Path folder;
  private final HttpClient client = SandboxRunner.httpClient();
  private StorageStandIn storage;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(folder.resolve("schema-files/tenant"));
    Files.writeString(folder.resolve("schema-files/tenant/a file.csv"), "0123456789");
    Files.writeString(folder.resolve("outside"), "secret");
    storage = StorageStandIn.start(folder, "key");
  }

  @AfterEach
  void stop() {
    storage.close();
  }

  @Test
  void givesTheFileToWhoHasTheServiceKey() throws Exception {
    var answer = get(PATH);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("0123456789");
    assertThat(answer.headers().firstValue("Content-Length")).contains("10");
    assertThat(answer.headers().firstValue("Last-Modified")).isPresent();
  }

  @Test
  void describesTheFileWithoutSendingIt() throws Exception {
    var answer = send(PATH, request -> request.method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Length")).contains("10");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void givesTheRestOfAFileUnlessItHasChanged() throws Exception {
    String etag = get(PATH).headers().firstValue("ETag").orElseThrow();

    var rest = send(PATH, request -> request.headers("Range", "bytes=4-", "If-Range", etag));
    var tail = send(PATH, request -> request.header("Range", "bytes=-3"));
    var whole = send(PATH, request -> request.headers("Range", "bytes=4-", "If-Range", "\"old\""));
    var beyond = send(PATH, request -> request.header("Range", "bytes=10-"));

    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(rest.body()).isEqualTo("456789");
    assertThat(rest.headers().firstValue("Content-Range")).contains("bytes 4-9/10");
    assertThat(tail.body()).isEqualTo("789");
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(beyond.body()).contains("\"code\":\"InvalidRange\"");
  }

  @Test
  void saysNotModifiedToWhoHasTheFile() throws Exception {
    String etag = get(PATH).headers().firstValue("ETag").orElseThrow();

    var answer = send(PATH, request -> request.header("If-None-Match", etag));

    assertThat(answer.statusCode()).isEqualTo(304);
  }

  @Test
  void answersErrorsAsSupabaseStorageDoes() throws Exception {
    var noKey = get(OBJECTS + "schema-files/absent");
    var noBucket = get(OBJECTS + "absent/file");
    var badKey = get(OBJECTS + "schema-files/%E4%BD%A0");
    var badToken = send(PATH, request -> request.setHeader("Authorization", "Bearer other"));

    assertThat(noKey.statusCode()).isEqualTo(400);
    assertThat(noKey.body())
        .isEqualTo(
            "{\"statusCode\":\"404\",\"error\":\"not_found\",\"message\":\"Object not found\",\"code\":\"NoSuchKey\"}");
    assertThat(noBucket.body()).contains("\"statusCode\":\"404\"", "\"code\":\"NoSuchBucket\"");
    assertThat(badKey.body()).contains("\"statusCode\":\"400\"", "\"code\":\"InvalidKey\"");
    assertThat(badToken.statusCode()).isEqualTo(400);
    assertThat(badToken.body()).contains("\"statusCode\":\"403\"", "\"code\":\"AccessDenied\"");
  }

  @Test
  void neverLeavesItsFolder() throws Exception {
    for (String path :
        new String[] {"..%2Foutside", "%2e%2e/outside", "tenant/..%2F..%2Foutside", "%2Fetc"}) {
      assertThat(get(OBJECTS + "schema-files/" + path).body()).contains("InvalidKey");
    }
    assertThat(get(OBJECTS + "%2e%2e/outside").body()).contains("InvalidKey");
  }

  @Test
  void failsAsOftenAsItIsToldAndThenRecovers() throws Exception {
    storage.failNext(1, Fault.tooManyRequests(Duration.ofSeconds(7)));
    storage.failNext(2, Fault.status(503));

    var first = get(PATH);
    assertThat(first.statusCode()).isEqualTo(429);
    assertThat(first.headers().firstValue("Retry-After")).contains("7");
    assertThat(get(PATH).statusCode()).isEqualTo(503);
    assertThat(get(PATH).statusCode()).isEqualTo(503);
    assertThat(get(PATH).statusCode()).isEqualTo(200);
  }

  @Test
  void breaksOffInTheMiddleOfAFile() {
    storage.failNext(1, new Fault.Truncation(4));
    storage.failNext(1, new Fault.Reset(4));

    assertThatThrownBy(() -> get(PATH)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> get(PATH))
        .isInstanceOf(IOException.class)
        .hasStackTraceContaining("reset");
  }

  @Test
  void stallsUntilTheClientGivesUp() {
    storage.failNext(1, new Fault.Stall(4));
    var request =
        HttpRequest.newBuilder(URI.create(storage.url() + PATH))
            .header("Authorization", "Bearer key")
            .build();

    var answer = client.sendAsync(request, BodyHandlers.ofString());

    assertThatThrownBy(() -> answer.orTimeout(300, TimeUnit.MILLISECONDS).join())
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void sendsTheWholeFileSlowly() throws Exception {
    storage.failNext(1, new Fault.Slowness(50));

    long start = System.nanoTime();
    var answer = get(PATH);

    assertThat(answer.body()).isEqualTo("0123456789");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(100));
  }

  @Test
  void remembersWhatItWasAsked() throws Exception {
    get(PATH);

    assertThat(storage.requests())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.path()).isEqualTo(PATH);
              assertThat(request.header("authorization")).contains("Bearer key");
            });
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(path, UnaryOperator.identity());
  }

  private HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> more)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(storage.url() + path))
            .header("Authorization", "Bearer key")
            .timeout(Duration.ofSeconds(10));
    return client.send(more.apply(request).build(), BodyHandlers.ofString());
  }
}
