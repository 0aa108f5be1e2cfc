package dev.odyssey.steps;

import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeRedeliveryEvent;
import org.apache.camel.support.EventNotifierSupport;

/** What Camel tells of exchanges and not of routes: that one is all over, or tried again. */
final class ExchangeEvents extends EventNotifierSupport {
  private final Watcher watcher;

  /** Who wants to know. */
  interface Watcher {
    /** Everything is done for it, its onCompletion too. */
    void over(Exchange exchange);

    void redelivered(Exchange exchange, int number);
  }

  ExchangeEvents(Watcher watcher) {
    this.watcher = watcher;
  }

  @Override
  public boolean isEnabled(CamelEvent event) {
    return event instanceof ExchangeEvent;
  }

  @Override
  public void notify(CamelEvent event) {
    if (event instanceof ExchangeRedeliveryEvent again) {
      watcher.redelivered(again.getExchange(), again.getAttempt());
    } else if (event instanceof ExchangeCompletedEvent || event instanceof ExchangeFailedEvent) {
      watcher.over(((ExchangeEvent) event).getExchange());
    }
  }
}
