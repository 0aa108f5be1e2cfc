package dev.odyssey.lineage;

import java.io.IOException;

/** Takes lineage events. */
interface Backend {

  /** What it is called in the log. */
  String name();

  /**
   * Hands over one event, within seconds.
   *
   * @param event one line of JSON
   * @throws IOException saying why it was not taken
   */
  void take(String event) throws IOException, InterruptedException;
}
