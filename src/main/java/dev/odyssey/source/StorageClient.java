package dev.odyssey.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks Supabase Storage without Camel what routes/download-source and download-from-prefix ask it:
 * the same URLs, headers and meaning of the answers. For commands, which look once and retry
 * nothing. Thread-safe.
 */
public final class StorageClient {
  private static final int PARTIAL = 206;
  private static final int NO_SUCH_RANGE = 416;

  private final SourceSettings settings;
  private final Downloads downloads;
  private final Duration patience;
  private final HttpClient http;

  /**
   * @param patience for a connection, and for the head of an answer
   */
  public StorageClient(SourceSettings settings, Downloads downloads, Duration patience) {
    this.settings = settings;
    this.downloads = downloads;
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Downloads an object; throws as {@link Downloads#save} does. */
  public SourceFile fetch(Download download) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = send(request(download.url()));
    return downloads.save(download, answer.statusCode(), headers(answer), answer.body());
  }

  /** Downloads every object of a listing, into its folder. */
  public Path fetch(Prefixes prefixes, Listing begun) throws IOException, InterruptedException {
    Listing listing = begun;
    while (listing.more()) {
      listing = list(prefixes, listing);
    }
    while (listing.wants()) {
      listing = prefixes.fetched(listing, fetch(prefixes.next(listing)));
    }
    return listing.directory();
  }

  /**
   * An object's size in bytes, without its content; -1 where storage does not say.
   *
   * @throws dev.odyssey.failure.PermanentFailure and TransientFailure as for a download
   */
  public long size(Download download) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = send(request(download.url()).header("Range", "bytes=0-0"));
    try (InputStream body = answer.body()) {
      return switch (answer.statusCode()) {
        case 200 -> answer.headers().firstValueAsLong("Content-Length").orElse(-1);
        case PARTIAL -> whole(answer.headers().firstValue("Content-Range").orElse(""));
        case NO_SUCH_RANGE -> 0; // there is nothing in it
        default -> throw downloads.refused(download, answer.statusCode(), body);
      };
    }
  }

  /** The listing with its next page. */
  public Listing list(Prefixes prefixes, Listing listing) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        send(
            request(prefixes.url(listing))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(prefixes.request(listing))));
    return prefixes.page(listing, answer.statusCode(), answer.body());
  }

  /** The key goes to SUPABASE_URL only: both kinds of URL are made of it. */
  private HttpRequest.Builder request(String url) {
    String key = settings.serviceRoleKey().value();
    return HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", "Bearer " + key)
        .header("apikey", key)
        .header("Accept-Encoding", "identity")
        .timeout(patience);
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpRequest asked = request.build();
    try {
      return http.send(asked, HttpResponse.BodyHandlers.ofInputStream());
    } catch (ConnectException e) { // without a message
      throw new ConnectException("no connection to " + asked.uri().getAuthority());
    }
  }

  private static Map<String, Object> headers(HttpResponse<?> answer) {
    Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    answer.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
    return headers;
  }

  private static long whole(String contentRange) {
    String size = contentRange.substring(contentRange.lastIndexOf('/') + 1);
    return size.matches("\\d{1,18}") ? Long.parseLong(size) : -1;
  }
}
