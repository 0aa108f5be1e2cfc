package dev.odyssey.lineage;

import dev.odyssey.failure.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A service that events are posted to, such as Marquez or DataHub. Follows no redirect. */
final class HttpBackend implements Backend {
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(5);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(LONGEST_REQUEST)
          .build();
  private final URI url;
  private final Optional<Secret> apiKey;

  HttpBackend(URI url, Optional<Secret> apiKey) {
    this.url = url;
    this.apiKey = apiKey;
  }

  @Override
  public String name() {
    return url.toString();
  }

  @Override
  public void take(String event) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(event));
    apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key.value()));
    int status = status(client.sendAsync(request.build(), BodyHandlers.discarding()));
    if (status / 100 != 2) {
      throw new IOException("it answers with status " + status);
    }
  }

  /** The time of a request ends with the headers of its answer; this is for the body, too. */
  private static int status(CompletableFuture<HttpResponse<Void>> answer)
      throws IOException, InterruptedException {
    try {
      return answer.get(LONGEST_REQUEST.toSeconds(), TimeUnit.SECONDS).statusCode();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("it does not answer within " + LONGEST_REQUEST.toSeconds() + " s", e);
    } finally {
      answer.cancel(true);
    }
  }
}
