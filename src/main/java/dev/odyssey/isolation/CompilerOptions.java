package dev.odyssey.isolation;

import java.util.List;

/**
 * Options for the compiler of a child's JVM. A child lives for few jobs and shares its cores with
 * the engine's threads: with HotSpot's own thresholds, compiling takes as much of a first job's CPU
 * time as what is compiled. Sixteen times these still have loops over a large file compiled at
 * once.
 */
public final class CompilerOptions {
  /** HotSpot's thresholds for its optimizing compiler (see globals of its sources), times 16. */
  public static final List<String> ALL =
      List.of(
          "-XX:Tier4InvocationThreshold=80000",
          "-XX:Tier4MinInvocationThreshold=9600",
          "-XX:Tier4CompileThreshold=240000",
          "-XX:Tier4BackEdgeThreshold=640000");

  private CompilerOptions() {}
}
