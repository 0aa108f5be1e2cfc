package dev.odyssey.lineage;

import dev.odyssey.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** A service that events are posted to, such as Marquez or DataHub. Follows no redirect. */
final class HttpBackend implements Backend {
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(5);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LONGEST_REQUEST).build();
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
            .timeout(LONGEST_REQUEST)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(event));
    apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key.value()));
    HttpResponse<Void> answer = client.send(request.build(), BodyHandlers.discarding());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("it answers with status " + answer.statusCode());
    }
  }
}
