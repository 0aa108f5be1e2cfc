package dev.odyssey.publish;

import dev.odyssey.transform.ParquetPreview;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads parts of published objects. Thread-safe; changes nothing. */
public final class StoredObjects {
  private final S3Client client;
  private final String bucket;

  public StoredObjects(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  /** The bucket holds no object of this key. */
  public static final class NoSuchObject extends Exception {
    NoSuchObject(String key) {
      super("there is no object " + key);
    }
  }

  /** An object whose bytes can be asked for. */
  public final class StoredObject implements ParquetPreview.RemoteFile {
    private final String key;
    private final long bytes;

    private StoredObject(String key, long bytes) {
      this.key = key;
      this.bytes = bytes;
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public byte[] read(long offset, int length) {
      String range = "bytes=%d-%d".formatted(offset, offset + length - 1);
      return client
          .getObjectAsBytes(request -> request.bucket(bucket).key(key).range(range))
          .asByteArray();
    }
  }

  /** True where the bucket holds what a pointer names: an object, or parts under a prefix. */
  public boolean holds(String pointer) {
    if (pointer.endsWith("/")) {
      return !client
          .listObjectsV2(list -> list.bucket(bucket).prefix(pointer).maxKeys(1))
          .contents()
          .isEmpty();
    }
    try {
      return open(pointer) != null;
    } catch (NoSuchObject e) {
      return false;
    }
  }

  /**
   * Finds an object.
   *
   * @throws NoSuchObject where there is none
   */
  public StoredObject open(String key) throws NoSuchObject {
    try {
      var head = client.headObject(request -> request.bucket(bucket).key(key));
      return new StoredObject(key, head.contentLength());
    } catch (S3Exception e) {
      if (List.of(404, 403).contains(e.statusCode())) { // without ListBucket, S3 answers 403
        throw new NoSuchObject(key);
      }
      throw e;
    }
  }

  /**
   * Downloads a snapshot: its one object, or its parts.
   *
   * @param pointer as {@code last_snapshot_path} holds it
   * @param directory where the files go; not made where there are none
   * @throws NoSuchObject where nothing of it is there any more
   */
  public void fetch(String pointer, Path directory) throws NoSuchObject, IOException {
    List<S3Object> listed =
        client
            .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(pointer))
            .contents()
            .stream()
            .toList();
    var parts = PreviousSnapshots.parts(pointer, directory, listed);
    if (parts.isEmpty()) {
      throw new NoSuchObject(pointer);
    }
    for (PreviousSnapshots.Part part : parts) {
      new PreviousSnapshots()
          .save(part, client.getObject(request -> request.bucket(bucket).key(part.key())));
    }
  }
}
