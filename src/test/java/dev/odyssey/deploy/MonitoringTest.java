package dev.odyssey.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.sandbox.Sample;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.Exposition;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TestStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The alert rules, the dashboard and docs/metrics.md name what a runner really exposes. */
class MonitoringTest {
  private static final Path RULES = Path.of("deploy/monitoring/alerts.yaml");
  private static final Path DASHBOARD = Path.of("deploy/monitoring/dashboard.json");
  private static final Pattern METRIC =
      Pattern.compile("\\b(odyssey|jvm|process|system)_[a-z0-9_]+");

  @TempDir Path directory;
  private static Exposition scrape;

  @BeforeAll
  static void runSamplesAndAJobThatFails() throws Exception {
    try (var sandbox = Sandbox.throwAway()) {
      sandbox.installSamples(1);
      List<UUID> runs = new ArrayList<>();
      for (Sample sample : Sample.values()) {
        runs.add(sandbox.enqueue(sample.streamId()));
      }
      runs.add(sandbox.enqueue(TestStream.in(sandbox).at("not/there.csv").define()));
      try (var runner = SandboxRunner.start(sandbox, Map.of())) {
        runs.forEach(runner::over);
        System.gc(); // pauses are exposed from the first one on, and told later
        scrape =
            await()
                .until(
                    () -> new Exposition(runner.get("/metrics").body()),
                    exposition -> exposition.names().contains("jvm_gc_pause_seconds_sum"));
      }
    }
  }

  @Test
  void everyAlertSaysWhenHowBadAndWhatToDo() throws Exception {
    JsonNode groups = rules().path("groups");

    assertThat(groups).hasSize(1);
    assertThat(groups.at("/0/rules")).hasSizeGreaterThan(5);
    for (JsonNode rule : groups.at("/0/rules")) {
      String name = rule.path("alert").asText();
      assertThat(name).matches("Odyssey[A-Z]\\w+");
      assertThat(rule.path("expr").asText()).as(name).isNotBlank();
      assertThat(rule.at("/labels/severity").asText()).as(name).isIn("page", "ticket");
      assertThat(rule.at("/annotations/summary").asText()).as(name).isNotBlank();
      assertThat(rule.at("/annotations/runbook").asText()).as(name).hasSizeGreaterThan(40);
    }
  }

  @Test
  void everyMetricOfTheRulesIsExposed() throws Exception {
    assertThat(scrape.names()).containsAll(metrics(ruleExpressions()));
  }

  @Test
  void everyMetricOfTheDashboardIsExposed() throws Exception {
    assertThat(dashboardExpressions()).hasSizeGreaterThan(20);
    assertThat(scrape.names()).containsAll(metrics(dashboardExpressions()));
  }

  @Test
  void everyMetricOfOursIsOnTheDashboardOrInARule() throws Exception {
    List<String> all = new ArrayList<>(ruleExpressions());
    all.addAll(dashboardExpressions());

    Set<String> shown = new TreeSet<>();
    metrics(all).forEach(name -> shown.add(family(name)));
    assertThat(shown).containsAll(families());
  }

  @Test
  void everyMetricOfOursIsInTheDocsAndNoOtherIs() throws Exception {
    Set<String> documented = new TreeSet<>();
    Matcher name =
        Pattern.compile("(?m)^\\| `(odyssey_[a-z_]+)`")
            .matcher(Files.readString(Path.of("docs/metrics.md")));
    while (name.find()) {
      documented.add(name.group(1));
    }

    assertThat(documented).isEqualTo(families());
  }

  @Test
  void prometheusTakesTheRules() throws Exception {
    assertThat(Promtool.complaints("", "check", "rules", RULES.toString())).isEmpty();
  }

  @Test
  void prometheusTakesTheDashboardsExpressions() throws Exception {
    var rules = new StringBuilder("groups:\n- name: dashboard\n  rules:\n");
    for (String expression : dashboardExpressions()) {
      String filled = expression.replace("$__rate_interval", "5m").replace("$instance", ".*");
      rules.append(
          "  - record: panel:%d\n    expr: %s\n"
              .formatted(rules.length(), new ObjectMapper().writeValueAsString(filled)));
    }
    Path file = Files.writeString(directory.resolve("panels.yaml"), rules.toString());

    assertThat(Promtool.complaints("", "check", "rules", file.toString())).isEmpty();
  }

  @Test
  void prometheusTakesTheScrape() throws Exception {
    assertThat(Promtool.complaints(ours(), "check", "metrics")).isEmpty();
  }

  @Test
  void alertsFireWhenTheyShouldAndElseNot() throws Exception {
    String cases = "src/test/resources/monitoring/alerts-test.yaml";

    assertThat(Promtool.complaints("", "test", "rules", cases)).isEmpty();
  }

  @Test
  void panelsDoNotOverlapAndNameOneDataSource() throws Exception {
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());

    Set<String> taken = new TreeSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      JsonNode at = panel.path("gridPos");
      for (int x = at.path("x").asInt(); x < at.path("x").asInt() + at.path("w").asInt(); x++) {
        for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
          assertThat(taken.add(x + "/" + y)).as(panel.path("title").asText()).isTrue();
        }
      }
      assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
      for (JsonNode target : panel.path("targets")) {
        assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
      }
    }
    assertThat(dashboard.at("/templating/list/0/name").asText()).isEqualTo("datasource");
  }

  @Test
  void thePodMonitorFindsThePodsAndTheirPort() throws Exception {
    JsonNode monitor = yaml(Path.of("deploy/monitoring/pod-monitor.yaml"));
    JsonNode deployment = yaml(Path.of("deploy/kubernetes/deployment.yaml"));
    JsonNode kustomization = yaml(Path.of("deploy/kubernetes/kustomization.yaml"));

    assertThat(monitor.at("/spec/selector/matchLabels"))
        .isEqualTo(kustomization.at("/labels/0/pairs"));
    assertThat(monitor.at("/spec/podMetricsEndpoints/0/port"))
        .isEqualTo(deployment.at("/spec/template/spec/containers/0/ports/0/name"));
  }

  private static List<String> ruleExpressions() throws Exception {
    List<String> all = new ArrayList<>();
    rules().at("/groups/0/rules").forEach(rule -> all.add(rule.path("expr").asText()));
    return all;
  }

  private static List<String> dashboardExpressions() throws Exception {
    List<String> all = new ArrayList<>();
    for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).path("panels")) {
      panel.path("targets").forEach(target -> all.add(target.path("expr").asText()));
    }
    return all;
  }

  private static JsonNode rules() throws Exception {
    return yaml(RULES);
  }

  private static JsonNode yaml(Path file) throws Exception {
    return new ObjectMapper()
        .valueToTree(
            new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
  }

  private static Set<String> metrics(List<String> expressions) {
    Set<String> names = new TreeSet<>();
    for (String expression : expressions) {
      Matcher name = METRIC.matcher(expression.replaceAll("\"[^\"]*\"", ""));
      while (name.find()) {
        names.add(name.group());
      }
    }
    return names;
  }

  /** What HELP and TYPE tell of, of our own. */
  private static Set<String> families() {
    Set<String> names = new TreeSet<>();
    scrape.names().stream()
        .filter(name -> name.startsWith("odyssey_"))
        .forEach(name -> names.add(family(name)));
    return names;
  }

  private static String family(String sample) {
    return sample.replaceFirst("_seconds_(bucket|count|sum|max)$", "_seconds");
  }

  private static String ours() {
    var lines = new StringBuilder();
    scrape
        .text()
        .lines()
        .filter(line -> line.contains("odyssey_"))
        .forEach(l -> lines.append(l).append('\n'));
    return lines.toString();
  }
}
