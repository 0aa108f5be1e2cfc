package dev.odyssey.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

class SandboxS3Test {

  private static final int MEBIBYTE = 1 << 20;

  @TempDir static Path folder;
  private static SandboxS3 server;
  private static S3Client s3;

  @BeforeAll
  static void start() {
    server = SandboxS3.start(folder);
    s3 = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void takesALargeFileWithTheSdksChecksumTrailersAndGivesItBack() throws Exception {
    byte[] content = randomBytes(20 * MEBIBYTE);
    Path file = Files.write(folder.resolve("upload"), content);

    s3.putObject(
        object -> object.bucket("streams").key("tenant/stream/run.parquet"),
        RequestBody.fromFile(file));

    assertThat(
            s3.headObject(object -> object.bucket("streams").key("tenant/stream/run.parquet"))
                .contentLength())
        .isEqualTo(content.length);
    assertThat(
            s3.getObjectAsBytes(object -> object.bucket("streams").key("tenant/stream/run.parquet"))
                .asByteArray())
        .isEqualTo(content);
    assertThat(server.bucketFolder().resolve("tenant/stream/run.parquet"))
        .hasBinaryContent(content);
  }

  @Test
  void joinsAMultipartUpload() {
    byte[] part = randomBytes(6 * MEBIBYTE);
    String upload =
        s3.createMultipartUpload(object -> object.bucket("streams").key("parts")).uploadId();

    List<CompletedPart> parts =
        IntStream.rangeClosed(1, 3).mapToObj(number -> uploadPart(upload, number, part)).toList();
    s3.completeMultipartUpload(
        object ->
            object
                .bucket("streams")
                .key("parts")
                .uploadId(upload)
                .multipartUpload(all -> all.parts(parts)));

    assertThat(s3.headObject(object -> object.bucket("streams").key("parts")).contentLength())
        .isEqualTo(18L * MEBIBYTE);
  }

  @Test
  void tellsMissingObjectsFromMissingBuckets() {
    assertThatThrownBy(() -> s3.getObject(object -> object.bucket("streams").key("absent")))
        .isInstanceOf(NoSuchKeyException.class);
    assertThatThrownBy(() -> s3.headBucket(bucket -> bucket.bucket("absent")))
        .isInstanceOf(NoSuchBucketException.class);
  }

  @Test
  void refusesForeignCredentials() {
    var wrong =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("sandbox", "wrong-secret"));

    assertThatThrownBy(
            () ->
                s3.listObjectsV2(
                    objects ->
                        objects
                            .bucket("streams")
                            .overrideConfiguration(request -> request.credentialsProvider(wrong))))
        .hasMessageContaining("403");
  }

  @Test
  void keepsItsObjectsAcrossARestart(@TempDir Path other) {
    try (SandboxS3 first = SandboxS3.start(other)) {
      first
          .client()
          .putObject(
              object -> object.bucket("streams").key("note"), RequestBody.fromString("kept"));
    }

    try (SandboxS3 second = SandboxS3.start(other)) {
      assertThat(
              second
                  .client()
                  .getObjectAsBytes(object -> object.bucket("streams").key("note"))
                  .asString(UTF_8))
          .isEqualTo("kept");
    }
  }

  private static CompletedPart uploadPart(String upload, int number, byte[] part) {
    String etag =
        s3.uploadPart(
                object -> object.bucket("streams").key("parts").uploadId(upload).partNumber(number),
                RequestBody.fromBytes(part))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(etag).build();
  }

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
