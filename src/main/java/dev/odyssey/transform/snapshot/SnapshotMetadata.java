package dev.odyssey.transform.snapshot;

/** The keys of a snapshot's Parquet metadata that the next sync reads; docs/parquet.md. */
public final class SnapshotMetadata {
  public static final String STREAM = "odyssey.stream";
  public static final String PRIMARY_KEY = "odyssey.primary_key";
  public static final String REF_VERSION = "odyssey.ref_version";

  private SnapshotMetadata() {}
}
