package dev.odyssey.console;

import dev.odyssey.publish.StoredObjects;
import dev.odyssey.transform.ParquetPreview;
import java.time.Clock;

/** The web page's parts, put together. */
public final class Console {
  private Console() {}

  /**
   * @param port of the management server
   */
  public static ConsolePages pages(
      int port,
      ConsoleSettings settings,
      ConsoleData data,
      StoredObjects objects,
      ParquetPreview preview) {
    return new ConsolePages(
        port,
        new Access(settings.password(), Clock.systemUTC()),
        new Pages(data, new ObjectRows(objects, preview)),
        new Actions(data));
  }
}
