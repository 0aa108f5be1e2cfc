package dev.odyssey.publish;

import java.net.URI;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;

/** Makes the S3 client that the routes, housekeeping and the readiness check share. */
public final class Storage {
  private Storage() {}

  /** A client whose requests nobody aborts. */
  public static S3Client client(PublishSettings settings) {
    return client(settings, abort -> {});
  }

  /**
   * Path style; no retries of its own, since the routes retry.
   *
   * @param begun is given what aborts a request, by the thread that is about to send it
   */
  public static S3Client client(PublishSettings settings, Consumer<Runnable> begun) {
    var http =
        ApacheHttpClient.builder()
            .connectionTimeout(settings.connectTimeout())
            .socketTimeout(settings.readTimeout());
    return S3Client.builder()
        .endpointOverride(URI.create(settings.endpoint() + "/"))
        .region(Region.of(settings.region()))
        .forcePathStyle(true)
        .credentialsProvider(StaticCredentialsProvider.create(credentials(settings)))
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(r -> r.maxAttempts(1))
                .apiCallAttemptTimeout(settings.requestLimit()) // sending has no time limit else
                .build())
        .httpClientBuilder(new AbortableHttp.Builder(http, begun))
        .build();
  }

  /**
   * The same client for routes: to a question for the bucket it says yes and asks nobody. Camel
   * puts that question when a route starts, for each of its S3 steps in turn, and starts nothing
   * when no answer comes. Whether the bucket is there is for readiness to say.
   */
  public static S3Client forRoutes(S3Client client) {
    return new DelegatingS3Client(client) {
      @Override
      public HeadBucketResponse headBucket(HeadBucketRequest request) {
        return HeadBucketResponse.builder().build();
      }
    };
  }

  private static AwsCredentials credentials(PublishSettings settings) {
    String secret = settings.secretAccessKey().value();
    return settings
        .sessionToken()
        .<AwsCredentials>map(
            token -> AwsSessionCredentials.create(settings.accessKeyId(), secret, token.value()))
        .orElseGet(() -> AwsBasicCredentials.create(settings.accessKeyId(), secret));
  }
}
