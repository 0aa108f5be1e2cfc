package dev.odyssey.sandbox;

import java.util.Map;

/** The service, as the sandbox starts and stops it. */
@FunctionalInterface
public interface RunnerProcess {

  /**
   * Starts it and returns what stops it.
   *
   * @param settings by the names that environment variables have; all others keep their defaults
   */
  AutoCloseable start(Map<String, String> settings) throws Exception;
}
