package dev.odyssey.health;

import java.util.List;

/** Asks one part that the runner depends on. */
public interface Probe {
  /**
   * @return what is missing, one sentence each with what to do; empty when all is well
   * @throws Exception when the part does not answer
   */
  List<String> missing() throws Exception;
}
