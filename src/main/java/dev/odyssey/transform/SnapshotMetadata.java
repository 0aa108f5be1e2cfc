package dev.odyssey.transform;

/** The keys of a snapshot's Parquet metadata that the next sync reads; docs/parquet.md. */
final class SnapshotMetadata {
  static final String STREAM = "odyssey.stream";
  static final String PRIMARY_KEY = "odyssey.primary_key";
  static final String REF_VERSION = "odyssey.ref_version";

  private SnapshotMetadata() {}
}
