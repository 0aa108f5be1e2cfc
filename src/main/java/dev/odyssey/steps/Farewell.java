package dev.odyssey.steps;

import dev.odyssey.queue.JobContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Ends the logging in a job's context when all is done for the job, its onCompletion too. */
final class Farewell extends EventNotifierSupport {
  private final String main;

  /**
   * @param main the id of the route whose exchanges are jobs
   */
  Farewell(String main) {
    this.main = main;
  }

  @Override
  public boolean isEnabled(CamelEvent event) {
    return event.getType() == CamelEvent.Type.ExchangeCompleted
        || event.getType() == CamelEvent.Type.ExchangeFailed;
  }

  @Override
  public void notify(CamelEvent event) {
    if (event instanceof ExchangeEvent over && main.equals(over.getExchange().getFromRouteId())) {
      JobContext.leave();
    }
  }
}
