package dev.odyssey.console;

import dev.odyssey.console.Access.Verdict;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Puts the console on Camel's management server.
 *
 * <p>The event loop only judges access; whatever blocks is done at the {@link Desk}, so that probes
 * are answered whatever the database does.
 */
public final class ConsolePages implements StartupListener {
  private static final int MAX_FORM_BYTES = 64 << 10;
  private static final Map<String, String> ASSETS =
      Map.of(
          "console.css",
          "text/css; charset=utf-8",
          "console.js",
          "text/javascript; charset=utf-8",
          "icon.svg",
          "image/svg+xml");

  private final int port;
  private final Access access;
  private final Pages pages;
  private final Actions actions;
  private final MappingRequests mappings;
  private final Desk desk;
  private final LiveEvents events;

  ConsolePages(
      int port, Access access, Desk desk, Pages pages, Actions actions, MappingRequests mappings) {
    this.port = port;
    this.access = access;
    this.desk = desk;
    this.pages = pages;
    this.actions = actions;
    this.mappings = mappings;
    this.events = new LiveEvents(desk);
  }

  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
    mount(
        VertxPlatformHttpRouter.lookup(
            context, VertxPlatformHttpRouter.getRouterNameFromPort(port)));
  }

  private void mount(Router router) {
    router.get("/assets/:name").handler(this::asset);
    router.get("/login").handler(this::loginPage);
    router.get("/events").handler(request -> guarded(request, () -> listen(request)));
    for (String path : List.of("/", "/streams*", "/runs/*", "/dead-letters*")) {
      router.get(path).handler(request -> guarded(request, () -> show(request)));
    }
    router
        .post("/streams/:id/mapping")
        .handler(BodyHandler.create(false).setBodyLimit(MappingRequests.MAX_BYTES))
        .handler(mappings::handle);
    for (String path : List.of("/login", "/logout", "/streams/*", "/runs/*", "/dead-letters/*")) {
      router
          .post(path)
          .handler(BodyHandler.create(false).setBodyLimit(MAX_FORM_BYTES))
          .handler(request -> post(request, path));
    }
  }

  private void guarded(RoutingContext request, Runnable page) {
    switch (access.judge(Answers.caller(request))) {
      case REFUSED -> refuse(request);
      case LOG_IN -> Answers.seeOther(request, "/login?to=" + request.normalizedPath());
      default -> page.run();
    }
  }

  private static void refuse(RoutingContext request) {
    Answers.text(
        request,
        403,
        "Without DASHBOARD_PASSWORD the console answers on this machine alone, at http://localhost.");
  }

  private void show(RoutingContext request) {
    boolean part = "".equals(request.request().getParam("part"));
    View view = view(request, request.normalizedPath(), part);
    ask(request, view, () -> pages.show(view), page -> Answers.html(request, page));
  }

  private void listen(RoutingContext request) {
    String path = Optional.ofNullable(request.request().getParam("of")).orElse("/");
    View view = view(request, path, true);
    Caller caller = Answers.caller(request);
    events.serve(
        request,
        () -> pages.show(view),
        () -> access.judge(caller) == Verdict.LOOK || access.judge(caller) == Verdict.ACT);
  }

  private void loginPage(RoutingContext request) {
    switch (access.judge(Answers.caller(request))) {
      case REFUSED -> refuse(request);
      case LOG_IN -> {
        View view = view(request, "/login", false);
        ask(
            request,
            view,
            () -> pages.logIn(200, view.query("to"), ""),
            page -> Answers.html(request, page));
      }
      default -> Answers.seeOther(request, "/");
    }
  }

  private void post(RoutingContext request, String path) {
    Caller caller = Answers.caller(request);
    Verdict verdict = access.judge(caller);
    String token = request.request().getFormAttribute("csrf");
    if (verdict == Verdict.REFUSED || Answers.isFromElsewhere(request)) {
      refuse(request);
    } else if (path.equals("/login")) {
      logIn(request);
    } else if (verdict == Verdict.LOG_IN) {
      Answers.seeOther(request, "/login");
    } else if (verdict != Verdict.ACT) {
      Answers.text(request, 403, "Set DASHBOARD_PASSWORD to act from this page.");
    } else if (!access.isCsrfToken(caller.session(), token)) {
      Answers.text(request, 403, "The form is too old or not ours: go back, reload, try again.");
    } else if (path.equals("/logout")) {
      Answers.takeSession(request);
      Answers.seeOther(request, "/login");
    } else {
      act(request);
    }
  }

  private void logIn(RoutingContext request) {
    String given = request.request().getFormAttribute("password");
    Optional<String> session = access.logIn(given);
    if (session.isPresent()) {
      Answers.giveSession(request, session.get());
      Answers.seeOther(request, ownPath(request.request().getFormAttribute("to")));
      return;
    }
    View view = view(request, "/login", false);
    String to = ownPath(request.request().getFormAttribute("to"));
    boolean guessing = access.isGuessing();
    String problem =
        guessing ? "Too many wrong passwords: wait a minute." : "That is not the password.";
    ask(
        request,
        view,
        () -> pages.logIn(guessing ? 429 : 403, to, problem),
        page -> Answers.html(request, page));
  }

  private void act(RoutingContext request) {
    List<String> letters = request.request().formAttributes().getAll("letter");
    View view = view(request, request.normalizedPath(), false);
    ask(
        request,
        view,
        () -> actions.perform(view.path(), letters),
        outcome -> {
          if (outcome.goTo() != null) {
            Answers.seeOther(request, outcome.goTo());
          } else if (outcome.problem() != null) {
            Answers.html(request, pages.unavailable(view, outcome.problem()));
          } else {
            Answers.text(request, 404, "There is no such action.");
          }
        });
  }

  private <T> void ask(
      RoutingContext request, View view, Supplier<T> work, java.util.function.Consumer<T> then) {
    desk.ask(
        request.vertx(),
        work,
        answer -> {
          if (!request.response().closed()) {
            then.accept(answer);
          }
        },
        () -> {
          if (!request.response().closed()) {
            Answers.html(
                request, pages.unavailable(view, "The answer took too long; look at the log."));
          }
        });
  }

  private View view(RoutingContext request, String path, boolean liveOnly) {
    Caller caller = Answers.caller(request);
    var query = new LinkedHashMap<String, String>();
    request.queryParams().forEach(entry -> query.put(entry.getKey(), entry.getValue()));
    Optional<String> csrf =
        access.judge(caller) == Verdict.ACT
            ? Optional.of(access.csrfToken(caller.session()))
            : Optional.empty();
    return new View(path, query, csrf, liveOnly);
  }

  /** Only where this console's own pages are: never to another site. */
  private static String ownPath(String asked) {
    return asked != null && asked.matches("/([a-z0-9][a-z0-9/-]*)?") ? asked : "/";
  }

  private void asset(RoutingContext request) {
    String name = request.pathParam("name");
    if (access.judge(Answers.caller(request)) == Verdict.REFUSED) {
      refuse(request);
    } else if (!ASSETS.containsKey(name)) {
      Answers.text(request, 404, "There is no such file.");
    } else {
      Answers.start(request, 200, ASSETS.get(name)).end(text(name));
    }
  }

  private static String text(String name) {
    try (InputStream in = ConsolePages.class.getResourceAsStream("/console/assets/" + name)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
