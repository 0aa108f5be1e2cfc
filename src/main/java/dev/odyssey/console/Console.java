package dev.odyssey.console;

import dev.odyssey.publish.StoredObjects;
import dev.odyssey.transform.DefinitionCheck;
import dev.odyssey.transform.ParquetPreview;
import java.time.Clock;

/**
 * The web page's parts, put together.
 *
 * @param port of the management server
 */
public record Console(
    int port,
    ConsoleSettings settings,
    ConsoleData data,
    StoredObjects objects,
    ParquetPreview preview,
    DefinitionCheck check) {

  /** The page itself. */
  public ConsolePages pages() {
    var access = new Access(settings.password(), Clock.systemUTC());
    var desk = new Desk();
    return new ConsolePages(
        port,
        access,
        desk,
        new Pages(data, new ObjectRows(objects, preview)),
        new Actions(data),
        new MappingRequests(access, new MappingEdits(data, check), desk));
  }
}
