package dev.odyssey.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Throws dead letters away. */
@Command(
    name = "discard",
    description =
        "Throws dead letters away for good; their runs stay failed. Prints their message ids.")
final class DiscardCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Configuration configuration;
  @Mixin private Letters letters;

  @Override
  public Integer call() throws Exception {
    String column = letters.dryRun ? "msg_id" : "discard_dead_letters";
    List<Object> messages =
        letters
            .call(configuration, letters.dryRun ? "odyssey.dead_letters" : "odyssey." + column)
            .stream()
            .map(row -> row.get(column))
            .toList();
    if (letters.json) {
      spec.commandLine()
          .getOut()
          .println(Rows.json(Map.of("dryRun", letters.dryRun, "messages", messages)));
    } else {
      messages.forEach(spec.commandLine().getOut()::println);
    }
    spec.commandLine()
        .getErr()
        .println(messages.size() + (letters.dryRun ? " would be discarded" : " discarded"));
    return 0;
  }
}
