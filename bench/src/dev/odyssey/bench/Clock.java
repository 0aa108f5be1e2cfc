package dev.odyssey.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** Runs from its making. */
final class Clock {
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final long cpu = system.getProcessCpuTime();
  private final long begin = System.nanoTime();

  Measurement measurement() throws IOException {
    double seconds = (System.nanoTime() - begin) / 1e9;
    double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
    return new Measurement(seconds, cpuSeconds, Measurement.peakOf(ProcessHandle.current().pid()));
  }
}
