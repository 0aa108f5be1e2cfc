package dev.odyssey.publish;

import java.io.IOException;
import java.util.function.Consumer;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/** An HTTP client that tells of each request how to abort it. Thread-safe. */
final class AbortableHttp implements SdkHttpClient {
  private final SdkHttpClient client;
  private final Consumer<Runnable> begun;

  private AbortableHttp(SdkHttpClient client, Consumer<Runnable> begun) {
    this.client = client;
    this.begun = begun;
  }

  /** A builder whose clients are closed by the S3 client that they are made for. */
  static final class Builder implements SdkHttpClient.Builder<Builder> {
    private final SdkHttpClient.Builder<?> client;
    private final Consumer<Runnable> begun;

    /**
     * @param begun is given what aborts a request, by the thread that is about to send it
     */
    Builder(SdkHttpClient.Builder<?> client, Consumer<Runnable> begun) {
      this.client = client;
      this.begun = begun;
    }

    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return new AbortableHttp(client.buildWithDefaults(defaults), begun);
    }
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = client.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        begun.accept(this::abort);
        return prepared.call();
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    client.close();
  }
}
