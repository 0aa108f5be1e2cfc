package dev.odyssey.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.odyssey.console.Access.Verdict;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;

/**
 * Takes a changed mapping as JSON, because a form's fields are limited in number, and answers
 * {@code {goTo}} or {@code {problem, column}}, so that the editor keeps what was typed; what is
 * wrong with a mapping is an answer, not an error. Lives on the event loop.
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
      refuse(request, 403, "Log in first; what you typed is kept in this window.");
    } else if (!access.isCsrfToken(caller.session(), edit.path("csrf").asText(null))) {
      refuse(request, 403, "The form is too old or not ours: reload and try again.");
    } else if (!Pages.isId(id) || !edit.path("mappings").isArray()) {
      refuse(request, 400, "This is no mapping of a stream.");
    } else {
      UUID streamId = UUID.fromString(id);
      desk.ask(
          request.vertx(),
          () -> edits.perform(streamId, edit),
          outcome -> answer(request, 200, outcome),
          () -> refuse(request, 503, "The answer took too long; look at the log."));
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

  private static void refuse(RoutingContext request, int status, String problem) {
    answer(request, status, new MappingEdits.Outcome(null, problem, null));
  }

  private static void answer(RoutingContext request, int status, MappingEdits.Outcome outcome) {
    if (!request.response().closed()) {
      Answers.start(request, status, "application/json; charset=utf-8")
          .end(JSON.valueToTree(outcome).toString());
    }
  }
}
