package dev.odyssey.cli;

import dev.odyssey.housekeeping.Housekeeping;
import dev.odyssey.housekeeping.HousekeepingSettings;
import dev.odyssey.housekeeping.Removal;
import dev.odyssey.publish.PublishSettings;
import dev.odyssey.publish.Storage;
import dev.odyssey.settings.Settings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Removes from the bucket what nobody needs any more, all of it at once. */
@Command(
    name = "housekeeping",
    description = "Removes objects from the bucket that nobody needs any more; prints their keys.")
final class HousekeepingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Configuration configuration;

  @Option(names = "--dry-run", description = "Only tells what it would remove.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print JSON: what, reason of each.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Settings settings = new Settings(configuration.values()::get);
    PublishSettings publish = PublishSettings.from(settings);
    HousekeepingSettings kept = HousekeepingSettings.from(settings);
    settings.verify();
    try (var s3 = Storage.client(publish)) {
      var removals =
          new Housekeeping(s3, publish.bucket(), configuration.database(), kept).all(dryRun);
      if (json) {
        spec.commandLine().getOut().println(Rows.json(removals));
      } else {
        for (Removal removal : removals) {
          spec.commandLine().getOut().println(removal.what() + "\t" + removal.reason());
        }
      }
      spec.commandLine()
          .getErr()
          .println(removals.size() + (dryRun ? " would be removed" : " removed"));
    }
    return 0;
  }
}
