package dev.odyssey.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An S3 server (s3proxy) on a free port of 127.0.0.1 that keeps an object as a file: {@code
 * folder/bucket/key}. Path style, fixed credentials, bucket {@value #BUCKET} there from the start.
 */
public final class SandboxS3 implements AutoCloseable {

  public static final String BUCKET = "streams";
  public static final String REGION = "us-east-1";
  public static final String ACCESS_KEY_ID = "sandbox";
  public static final String SECRET_ACCESS_KEY = "sandbox-secret";

  private final S3Proxy server;
  private final Path folder;
  private final S3Client client;

  private SandboxS3(S3Proxy server, Path folder) {
    this.server = server;
    this.folder = folder;
    this.client =
        S3Client.builder()
            .endpointOverride(URI.create(url()))
            .forcePathStyle(true)
            .region(Region.of(REGION))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(ACCESS_KEY_ID, SECRET_ACCESS_KEY)))
            .build();
  }

  /** Starts the server on the folder's objects. */
  public static SandboxS3 start(Path folder) {
    try {
      Path absolute = Files.createDirectories(folder).toRealPath();
      Files.createDirectories(absolute.resolve(BUCKET));
      S3Proxy server =
          S3Proxy.builder()
              .blobStore(new FilesystemNio2BlobStore(absolute.toString()))
              .endpoint(URI.create("http://127.0.0.1:0"))
              .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY_ID, SECRET_ACCESS_KEY)
              .stopTimeout(0)
              .build();
      startServer(server);
      return new SandboxS3(server, absolute);
    } catch (IOException e) {
      throw new UncheckedIOException("The S3 server did not start in " + folder, e);
    }
  }

  /** The server as the runner's {@code S3_ENDPOINT}. */
  public String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** A client of this server; closed with it. */
  public S3Client client() {
    return client;
  }

  /** Where the objects of {@value #BUCKET} lie as plain files. */
  public Path bucketFolder() {
    return folder.resolve(BUCKET);
  }

  @Override
  public void close() {
    client.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The S3 server did not stop", e);
    }
  }

  private static void startServer(S3Proxy server) throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("The S3 server did not start", e);
    }
  }
}
