package dev.odyssey.lineage;

import dev.odyssey.queue.Attempt;
import dev.odyssey.source.Sources;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.snapshot.SnapshotColumn;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.ColumnLineageDatasetFacet;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.InputField;
import io.openlineage.client.OpenLineage.Job;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.Run;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.SchemaDatasetFacet;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Puts what is known of a run into OpenLineage's words; docs/lineage.md has them. Thread-safe. */
final class RunEvents {
  private final OpenLineage words = new OpenLineage(URI.create("urn:odyssey-runner:sync"));
  private final String namespace;
  private final String storage;
  private final String bucket;
  private final Sources sources;

  /**
   * @param namespace of the jobs; a tenant's is below it
   * @param supabase where sources lie
   * @param bucket where snapshots lie
   */
  RunEvents(String namespace, URI supabase, String bucket, Sources sources) {
    this.namespace = namespace;
    this.storage = "supabase://" + supabase.getAuthority();
    this.bucket = "s3://" + bucket;
    this.sources = sources;
  }

  RunEvent of(RunReport report) {
    return words.newRunEvent(
        report.at().atZone(ZoneOffset.UTC),
        report.type(),
        run(report),
        job(report.attempt()),
        sources.name(report.attempt()).map(name -> input(report, name)).stream().toList(),
        report.published() ? List.of(output(report)) : List.of());
  }

  private Run run(RunReport report) {
    var facets = words.newRunFacetsBuilder();
    if (report.failure() != null) {
      facets.errorMessage(words.newErrorMessageRunFacet(report.failure().message(), "Java", null));
    }
    return words.newRun(report.attempt().runId(), facets.build());
  }

  private Job job(Attempt attempt) {
    return words.newJob(
        namespace + "/" + attempt.tenantId(),
        attempt.streamName(),
        words
            .newJobFacetsBuilder()
            .jobType(words.newJobTypeJobFacet("BATCH", "ODYSSEY_RUNNER", "SYNC", null))
            .build());
  }

  private InputDataset input(RunReport report, String name) {
    var facets = words.newInputDatasetInputFacetsBuilder();
    if (report.source() != null) {
      facets.inputStatistics(
          words.newInputStatisticsInputDatasetFacet(
              report.result() == null ? null : report.result().processed(),
              report.source().bytes(),
              null));
    }
    return words.newInputDataset(
        storage, name, words.newDatasetFacetsBuilder().build(), facets.build());
  }

  /** A stream's snapshots are one data set, each run's a version of it. */
  private OutputDataset output(RunReport report) {
    Attempt attempt = report.attempt();
    TransformResult result = report.result();
    return words.newOutputDataset(
        bucket,
        attempt.tenantId() + "/" + attempt.streamId(),
        words
            .newDatasetFacetsBuilder()
            .schema(schema(result.columns()))
            .columnLineage(lineage(report))
            .version(words.newDatasetVersionDatasetFacet(attempt.runId().toString()))
            .storage(words.newStorageDatasetFacet("s3", "parquet"))
            .build(),
        words
            .newOutputDatasetOutputFacetsBuilder()
            .outputStatistics(
                words.newOutputStatisticsOutputDatasetFacet(
                    result.totalRows(), result.snapshotBytes(), null))
            .build());
  }

  private SchemaDatasetFacet schema(List<SnapshotColumn> columns) {
    return words.newSchemaDatasetFacet(
        columns.stream()
            .map(
                column ->
                    words
                        .newSchemaDatasetFacetFieldsBuilder()
                        .name(column.name())
                        .type(column.type().toLowerCase(Locale.ROOT))
                        .build())
            .toList());
  }

  /** Null where nobody knows the source's name. */
  private ColumnLineageDatasetFacet lineage(RunReport report) {
    var fields = words.newColumnLineageDatasetFacetFieldsBuilder();
    String source = sources.name(report.attempt()).orElse(null);
    if (source == null) {
      return null;
    }
    for (SnapshotColumn column : report.result().columns()) {
      if (!column.sources().isEmpty()) {
        String how = column.derived() ? "TRANSFORMATION" : "IDENTITY";
        List<InputField> inputs =
            column.sources().stream().map(name -> field(source, name, how)).toList();
        fields.put(
            column.name(),
            words
                .newColumnLineageDatasetFacetFieldsAdditionalBuilder()
                .inputFields(inputs)
                .build());
      }
    }
    return words.newColumnLineageDatasetFacet(fields.build(), null);
  }

  private InputField field(String source, String name, String how) {
    return words.newInputField(
        storage,
        source,
        name,
        List.of(words.newInputFieldTransformations("DIRECT", how, null, false)));
  }
}
