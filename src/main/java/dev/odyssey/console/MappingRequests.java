package dev.odyssey.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.odyssey.console.Access.Verdict;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;

/**
 * Takes a changed mapping as JSON, because a form's fields are limited in number, and answers
 * {@code {goTo}} or {@code {problem}}, so that the editor keeps what was typed; what is wrong with
 * a mapping is an answer, not an error. Lives on the event loop.
 */
final class MappingRequests {
  static final int MAX_BYTES = 2 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Access access;
  private final MappingEdits edits;
  private final Desk desk;

  MappingRequests(Access access, MappingEdits edits, Desk desk) {
    this.access = access;
    this.edits = edits;
    this.desk = desk;
  }

  void handle(RoutingContext request) {
    Caller caller = Answers.caller(request);
    JsonNode edit = body(request);
    String id = request.pathParam("id");
    if (Answers.isFromElsewhere(request) || access.judge(caller) != Verdict.ACT) {
      answer(request, 403, "problem", "Log in first; what you typed is kept in this window.");
    } else if (!access.isCsrfToken(caller.session(), edit.path("csrf").asText(null))) {
      answer(request, 403, "problem", "The form is too old or not ours: reload and try again.");
    } else if (!Pages.isId(id) || !edit.path("mappings").isArray()) {
      answer(request, 400, "problem", "This is no mapping of a stream.");
    } else {
      UUID streamId = UUID.fromString(id);
      desk.ask(
          request.vertx(),
          () -> edits.perform(streamId, edit),
          outcome -> {
            if (outcome.goTo() == null) {
              answer(request, 200, "problem", outcome.problem());
            } else {
              answer(request, 200, "goTo", outcome.goTo());
            }
          },
          () -> answer(request, 503, "problem", "The answer took too long; look at the log."));
    }
  }

  private static JsonNode body(RoutingContext request) {
    try {
      var buffer = request.body().buffer();
      return buffer == null ? MissingNode.getInstance() : JSON.readTree(buffer.getBytes());
    } catch (java.io.IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static void answer(RoutingContext request, int status, String name, String text) {
    if (request.response().closed()) {
      return;
    }
    String json = JsonNodeFactory.instance.objectNode().put(name, text).toString();
    Answers.start(request, status, "application/json; charset=utf-8").end(json);
  }
}
