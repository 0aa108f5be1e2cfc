package dev.odyssey.cli;

import dev.odyssey.failure.PermanentFailure;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts dead letters back to the queue. */
@Command(
    name = "redrive",
    description =
        "Puts dead letters back to the queue with fresh attempts and their history;"
            + " prints their run ids.")
final class RedriveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Configuration configuration;
  @Mixin private Letters letters;

  @Option(names = "--wait", description = "Wait for the runs' end; 0 only if all completed.")
  private boolean wait;

  @Override
  public Integer call() throws Exception {
    List<String> runs =
        letters.dryRun
            ? letters.call(configuration, "odyssey.dead_letters").stream()
                .filter(letter -> Boolean.TRUE.equals(letter.get("redrivable")))
                .map(letter -> Objects.toString(letter.get("run_id")))
                .toList()
            : letters.call(configuration, "odyssey.redrive").stream()
                .map(row -> row.get("redrive").toString())
                .toList();
    if (letters.json) {
      spec.commandLine()
          .getOut()
          .println(Rows.json(Map.of("dryRun", letters.dryRun, "runs", runs)));
    } else {
      runs.forEach(spec.commandLine().getOut()::println);
    }
    spec.commandLine()
        .getErr()
        .println(runs.size() + (letters.dryRun ? " would be redriven" : " redriven"));
    if (runs.isEmpty() && letters.one()) {
      throw new PermanentFailure(
          "There is no such dead letter, or it is none that can be redriven",
          "bin/odyssey dlq list shows them.");
    }
    return !wait || letters.dryRun || completed(runs) ? 0 : 1;
  }

  private boolean completed(List<String> runs) throws Exception {
    var watch = new RunWatch(configuration.data(), spec.commandLine().getErr(), Colours.here());
    boolean all = true;
    for (String run : runs) {
      all &= watch.await(UUID.fromString(run));
    }
    return all;
  }
}
