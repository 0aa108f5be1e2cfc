package dev.odyssey.bench;

import dev.odyssey.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What more replicas on the same queue bring, and whether they share it fairly. */
@Command(
    name = "bench/replicas",
    description =
        "Small jobs of several tenants on 1, 2, 4 replicas, each pinned to a core: throughput,"
            + " shares, double work, connections.",
    mixinStandardHelpOptions = true)
final class ReplicasBench implements Callable<Integer> {
  private static final String SHOWN = "${DEFAULT-VALUE}";

  @Option(
      names = "--replicas",
      split = ",",
      defaultValue = "1,2,4",
      description = "Numbers of replicas, one measurement each. Default: " + SHOWN)
  private List<Integer> replicas;

  @Option(names = "--jobs", defaultValue = "1000", description = "Default: " + SHOWN)
  private int jobs;

  @Option(names = "--warm-up", defaultValue = "200", description = "Jobs before. Default: " + SHOWN)
  private int warmUp;

  @Option(
      names = "--tenants",
      defaultValue = "4",
      description = "The first queues half of the jobs, before the others. Default: " + SHOWN)
  private int tenants;

  @Option(names = "--set", description = "A setting of the service: NAME=VALUE.")
  private final Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private Verdict verdict;

  private final PrintStream out;

  private ReplicasBench(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    System.exit(commandLine(System.out).execute(args));
  }

  static CommandLine commandLine(PrintStream out) {
    return new CommandLine(new ReplicasBench(out));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    List<Figure> figures = new ArrayList<>();
    double one = 0;
    for (int count : replicas) {
      SharedQueue shared = measure(count);
      shared.print(count, out);
      String suffix = "_" + count;
      figures.add(Figure.atMost("double_work" + suffix, (double) shared.doubleWork(), 0, 0));
      figures.add(Figure.atLeast("tenant_share" + suffix, shared.tenantShare(), 0.8, 0.9));
      if (count == 1) {
        one = shared.perSecond();
      } else {
        figures.add(Figure.atLeast("replica_share" + suffix, shared.replicaShare(), 0.7, 0.9));
        if (one > 0) {
          double gain = shared.perSecond() / one;
          figures.add(Figure.atLeast("throughput_vs_one" + suffix, gain, 1, 1.3));
        }
      }
    }
    return verdict.on(figures, out);
  }

  private SharedQueue measure(int count) throws IOException, InterruptedException, SQLException {
    List<Service> services = new ArrayList<>();
    try (Sandbox sandbox = Sandbox.throwAway()) {
      var load = new TenantsLoad(sandbox, tenants, count);
      try {
        for (int i = 0; i < count; i++) {
          services.add(replica(i, sandbox));
        }
        for (Service service : services) {
          service.awaitReady();
        }
        load.run("warm-up", warmUp);
        return load.run("measured", jobs);
      } finally {
        services.forEach(Service::close);
      }
    }
  }

  private Service replica(int number, Sandbox sandbox) throws IOException {
    int core = number % Runtime.getRuntime().availableProcessors();
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("WORK_DIR", sandbox.storageFolder().resolveSibling("work-" + number).toString());
    Path log = verdict.folder().resolve("replica-" + number + ".log");
    return Service.beginOn(core, sandbox, all, log);
  }
}
