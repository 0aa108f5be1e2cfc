package dev.odyssey.console;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Keeps open pages up to date: sends the live part of a page whenever it has changed, as
 * server-sent events. At most a few dozen listeners; each asks again only after its last answer.
 */
final class LiveEvents {
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final int MOST = 30;

  private final Desk desk;
  private final AtomicInteger listeners = new AtomicInteger();

  LiveEvents(Desk desk) {
    this.desk = desk;
  }

  /**
   * Answers with events until the listener goes or is not welcome any more.
   *
   * @param fragment renders the live part; blocks
   * @param welcome whether the listener may still look
   */
  void serve(RoutingContext request, Supplier<Page> fragment, BooleanSupplier welcome) {
    if (listeners.incrementAndGet() > MOST) {
      listeners.decrementAndGet();
      Answers.text(request, 503, "Too many pages are open; this one does not change by itself.");
      return;
    }
    HttpServerResponse response = Answers.start(request, 200, "text/event-stream; charset=utf-8");
    response.setChunked(true).write("retry: 3000\n\n");
    var listener = new Listener(request.vertx(), response, fragment, welcome);
    long timer = request.vertx().setPeriodic(PERIOD.toMillis(), tick -> listener.look());
    var gone = new AtomicBoolean();
    response.endHandler(end -> leave(request.vertx(), timer, gone));
    response.closeHandler(close -> leave(request.vertx(), timer, gone));
    response.exceptionHandler(broken -> leave(request.vertx(), timer, gone));
    listener.look();
  }

  private void leave(Vertx vertx, long timer, AtomicBoolean gone) {
    if (gone.compareAndSet(false, true)) {
      vertx.cancelTimer(timer);
      listeners.decrementAndGet();
    }
  }

  /** Lives on the event loop alone. */
  private final class Listener {
    private final Vertx vertx;
    private final HttpServerResponse response;
    private final Supplier<Page> fragment;
    private final BooleanSupplier welcome;
    private boolean asking;
    private Optional<String> sent = Optional.empty();

    Listener(
        Vertx vertx,
        HttpServerResponse response,
        Supplier<Page> fragment,
        BooleanSupplier welcome) {
      this.vertx = vertx;
      this.response = response;
      this.fragment = fragment;
      this.welcome = welcome;
    }

    void look() {
      if (asking || response.ended() || response.closed() || response.writeQueueFull()) {
        return;
      }
      if (!welcome.getAsBoolean()) {
        response.end();
        return;
      }
      asking = true;
      desk.ask(vertx, fragment, this::send, () -> asking = false);
    }

    private void send(Page page) {
      asking = false;
      if (response.ended() || response.closed() || sent.equals(Optional.of(page.html()))) {
        return;
      }
      sent = Optional.of(page.html());
      var event = new StringBuilder("event: live\n");
      page.html().lines().forEach(line -> event.append("data: ").append(line).append('\n'));
      response.write(event.append('\n').toString());
    }
  }
}
