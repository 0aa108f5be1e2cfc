package dev.odyssey.cli;

import dev.odyssey.source.Download;
import dev.odyssey.source.Downloads;
import dev.odyssey.source.Listing;
import dev.odyssey.source.Prefixes;
import dev.odyssey.source.SourceFile;
import dev.odyssey.source.SourceSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Fetches a source from storage as the route {@code download-source} does, once and without a
 * lease. What storage refuses fails as it does there.
 */
final class StorageClient {
  private final SourceSettings settings;
  private final Downloads downloads;
  private final Duration patience;
  private final HttpClient client;

  StorageClient(SourceSettings settings, Downloads downloads, Duration patience) {
    this.settings = settings;
    this.downloads = downloads;
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  SourceFile fetch(Download download) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = send(request(download.url()).GET());
    Map<String, Object> headers = new HashMap<>();
    response.headers().map().forEach((header, values) -> headers.put(header, values.get(0)));
    return downloads.save(download, response.statusCode(), headers, response.body());
  }

  /** Every object of a listing, into its folder. */
  Path fetch(Prefixes prefixes, Listing begun) throws IOException, InterruptedException {
    Listing listing = begun;
    while (listing.more()) {
      HttpResponse<InputStream> page =
          send(
              request(prefixes.url(listing))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(prefixes.request(listing))));
      listing = prefixes.page(listing, page.statusCode(), page.body());
    }
    while (listing.wants()) {
      listing = prefixes.fetched(listing, fetch(prefixes.next(listing)));
    }
    return listing.directory();
  }

  private HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", "Bearer " + settings.serviceRoleKey().value())
        .header("apikey", settings.serviceRoleKey().value())
        .timeout(patience);
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }
}
