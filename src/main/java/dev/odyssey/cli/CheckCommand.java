package dev.odyssey.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.database.DatabaseSettings;
import dev.odyssey.health.BucketProbe;
import dev.odyssey.health.DatabaseProbe;
import dev.odyssey.health.Probe;
import dev.odyssey.publish.PublishSettings;
import dev.odyssey.publish.Storage;
import dev.odyssey.settings.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks every part that the service depends on, as readiness does, and says what is missing. */
@Command(
    name = "check",
    description = "Checks settings, database contract and bucket; says what to do.")
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Configuration configuration;

  @Option(names = "--json", description = "Print JSON: part -> list of what is missing.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Settings settings = new Settings(configuration.values()::get);
    var database = DatabaseSettings.from(settings);
    var publish = PublishSettings.from(settings);
    settings.verify();
    var missing = new LinkedHashMap<String, List<String>>();
    try (var dataSource = database.open();
        var s3Client = Storage.client(publish)) {
      missing.put("database", ask(new DatabaseProbe(dataSource)));
      missing.put("bucket", ask(new BucketProbe(s3Client, publish.bucket())));
    }
    print(missing);
    return missing.values().stream().allMatch(List::isEmpty) ? 0 : 1;
  }

  private static List<String> ask(Probe probe) {
    try {
      return probe.missing();
    } catch (Exception e) {
      return List.of("does not answer: " + e.getMessage());
    }
  }

  private void print(Map<String, List<String>> missing) throws Exception {
    if (json) {
      spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(missing));
      return;
    }
    missing.forEach(
        (part, problems) ->
            spec.commandLine()
                .getOut()
                .println(
                    part + ": " + (problems.isEmpty() ? "ok" : String.join("\n  ", problems))));
  }
}
