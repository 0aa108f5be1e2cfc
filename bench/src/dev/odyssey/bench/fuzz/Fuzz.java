package dev.odyssey.bench.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whatever comes from outside is taken, or refused for good with a reason. */
@Command(
    name = "bench/fuzz",
    description = {
      "Coverage-guided fuzzing (Jazzer) of all that comes from outside.",
      "A finding is a failure that is not one of ours, one without a reason or advice, a file"
          + " outside of the job's directory, a hang, a crash of the process."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:nothing was found", "1:something was", "2:wrong usage"})
final class Fuzz implements Callable<Integer> {
  @Option(
      names = "--cases",
      defaultValue = "10000",
      description =
          "That run the transform or the database, in equal parts; the cheap ones come on top."
              + " Default: ${DEFAULT-VALUE}")
  private long cases;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(names = "--target", description = "Only these, such as csv or message.")
  private List<String> chosen = List.of();

  @Option(
      names = "--folder",
      defaultValue = "target/fuzz",
      description = "For inputs, logs and what was found. Default: ${DEFAULT-VALUE}")
  private Path folder;

  private final PrintStream out;

  private Fuzz(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    System.exit(commandLine(System.out).execute(args));
  }

  static CommandLine commandLine(PrintStream out) {
    return new CommandLine(new Fuzz(out));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Target> targets =
        chosen.isEmpty()
            ? Arrays.asList(Target.values())
            : chosen.stream().map(Target::of).toList();
    List<Outcome> outcomes = new ArrayList<>();
    out.println("| target | cases | findings | seconds |\n| --- | --- | --- | --- |");
    for (Target target : targets) {
      Outcome outcome = new Hunt(target, folder).run(target.cases(cases), seed);
      outcomes.add(outcome);
      out.printf(
          "| %s | %d | %d | %d |%n",
          target.title(), outcome.cases(), outcome.findings().size(), outcome.took().toSeconds());
    }
    out.println();
    List<String> findings = outcomes.stream().flatMap(o -> o.findings().stream()).toList();
    findings.forEach(out::println);
    out.println("RESULT fuzz_cases " + outcomes.stream().mapToLong(Outcome::cases).sum());
    out.println("RESULT fuzz_findings " + findings.size());
    return findings.isEmpty() ? 0 : 1;
  }
}
