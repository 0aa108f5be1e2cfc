package dev.odyssey.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
    return 0;
  }
}
