package dev.odyssey.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.sandbox.Sample;
import dev.odyssey.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What can be said of deploy/kubernetes without a cluster. */
class KubernetesTest {
  private static final Path FOLDER = Path.of("deploy/kubernetes");

  @Test
  void theKustomizationNamesEveryManifestAndNothingElse() throws IOException {
    List<String> named = texts(read("kustomization.yaml").get(0).path("resources"));

    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(file -> !List.of("kustomization.yaml", "secret.example.yaml").contains(file))
          .containsExactlyInAnyOrderElementsOf(named);
    }
  }

  @Test
  void everySettingOfTheManifestsIsOneThatTheRunnerHas() throws IOException {
    List<String> settings = new ArrayList<>();
    for (String pair :
        texts(read("kustomization.yaml").get(0).at("/configMapGenerator/0/literals"))) {
      settings.add(pair.replaceFirst("=.*", ""));
    }
    read("secret.example.yaml")
        .get(0)
        .path("stringData")
        .fieldNames()
        .forEachRemaining(settings::add);

    String known = Files.readString(Path.of("application.properties"));
    assertThat(settings).allSatisfy(name -> assertThat(known).contains("\n" + name + "="));
  }

  @Test
  void aPodHasLongerToStopThanItsJobsHaveToEnd() throws IOException {
    JsonNode pod = read("deployment.yaml").get(0).at("/spec/template/spec");

    String told =
        texts(read("kustomization.yaml").get(0).at("/configMapGenerator/0/literals")).stream()
            .filter(pair -> pair.startsWith("SHUTDOWN_TIMEOUT_SECONDS="))
            .findFirst()
            .orElseThrow();
    assertThat(pod.path("terminationGracePeriodSeconds").asInt())
        .isGreaterThan(Integer.parseInt(told.replaceFirst(".*=", "")) + 20);
    assertThat(pod.at("/containers/0/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
  }

  @Test
  void whatChoosesPodsChoosesOurs() throws IOException {
    JsonNode ours = read("kustomization.yaml").get(0).at("/labels/0/pairs");

    assertThat(ours).isNotEmpty();
    assertThat(read("pod-disruption-budget.yaml").get(0).at("/spec/selector/matchLabels"))
        .isEqualTo(ours);
    assertThat(read("network-policy.yaml").get(0).at("/spec/podSelector/matchLabels"))
        .isEqualTo(ours);
  }

  @Test
  void theScalersQueryCountsWaitingJobsForTheRunnersRole() throws Exception {
    String query = read("scaled-object.yaml").get(0).at("/spec/triggers/0/metadata/query").asText();
    try (Sandbox sandbox = Sandbox.throwAway();
        var connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + sandbox.database().port() + "/postgres",
                "odyssey_runner",
                "sandbox")) {
      sandbox.installSamples(1);
      sandbox.enqueue(Sample.PRODUCTS.streamId());
      sandbox.enqueue(Sample.EVENTS.streamId());

      try (var statement = connection.createStatement();
          var row = statement.executeQuery(query)) {
        row.next();
        assertThat(row.getLong(1)).isEqualTo(2);
      }
    }
  }

  private static List<JsonNode> read(String file) throws IOException {
    var json = new ObjectMapper();
    return StreamSupport.stream(
            new Load(LoadSettings.builder().build())
                .loadAllFromString(Files.readString(FOLDER.resolve(file)))
                .spliterator(),
            false)
        .map(document -> json.<JsonNode>valueToTree(document))
        .toList();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
