package dev.odyssey.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The console's pages: which there are, what each shows. Reads only; thread-safe; blocks on the
 * database.
 */
final class Pages {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** The pages whose live part is sent anew when it changes. */
  private static final Set<String> FOLLOWED =
      Set.of("overview", "streams", "stream", "run", "unavailable");

  private static final int STREAMS_A_PAGE = 100;
  private static final int LETTERS_A_PAGE = 100;

  private final ConsoleData data;
  private final ObjectRows objects;
  private final Templates templates = new Templates();

  Pages(ConsoleData data, ObjectRows objects) {
    this.data = data;
    this.objects = objects;
  }

  Page show(View view) {
    try {
      Optional<Shown> shown = find(view);
      return shown.isPresent()
          ? page(200, shown.get().template(), shown.get().model(), view)
          : page(404, "not-found", Map.of(), view);
    } catch (ConsoleData.Unavailable e) {
      return unavailable(view, e.getMessage());
    }
  }

  /** What is shown while the database is away. */
  Page unavailable(View view, String reason) {
    return page(503, "unavailable", Map.of("reason", reason), view);
  }

  /**
   * @param to where who logs in wants to go
   */
  Page logIn(int status, String to, String problem) {
    var view = new View("/login", Map.of(), Optional.empty(), false);
    return page(status, "login", Map.of("problem", problem, "to", to), view);
  }

  private record Shown(String template, Map<String, Object> model) {}

  private Optional<Shown> find(View view) throws ConsoleData.Unavailable {
    String[] parts = view.path().split("/", 4);
    String id = parts.length > 2 ? parts[2] : "";
    String part = parts.length > 3 ? parts[3] : "";
    return switch (id.isEmpty() ? view.path() : view.path().replace("/" + id, "/ID")) {
      case "/" -> Optional.of(new Shown("overview", OverviewModel.of(data.overview())));
      case "/streams" -> Optional.of(new Shown("streams", streams(view)));
      case "/streams/ID" -> stream(id).map(s -> new Shown("stream", StreamModel.of(s)));
      case "/streams/ID/mapping" -> stream(id).map(s -> new Shown("mapping", MappingModel.of(s)));
      case "/streams/ID/rows" -> stream(id).map(s -> new Shown("rows", objects.ofStream(s)));
      case "/runs/ID" -> run(id).map(r -> new Shown("run", RunModel.of(r)));
      case "/runs/ID/objects" -> run(id).map(r -> new Shown("objects", objects.sizes(r)));
      case "/runs/ID/snapshot", "/runs/ID/changes", "/runs/ID/rejects" ->
          run(id).map(r -> new Shown("rows", objects.ofRun(r, part)));
      case "/dead-letters" -> Optional.of(new Shown("dead-letters", deadLetters(view)));
      case "/dead-letters/ID" -> letter(id).map(l -> new Shown("dead-letter", l));
      default -> Optional.empty();
    };
  }

  static boolean isId(String text) {
    return UUID_TEXT.matcher(text).matches();
  }

  private Optional<Map<String, Object>> stream(String id) throws ConsoleData.Unavailable {
    return isId(id) ? data.stream(UUID.fromString(id)) : Optional.empty();
  }

  private Optional<Map<String, Object>> run(String id) throws ConsoleData.Unavailable {
    return isId(id) ? data.run(UUID.fromString(id)) : Optional.empty();
  }

  private Optional<Map<String, Object>> letter(String id) throws ConsoleData.Unavailable {
    return id.matches("\\d{1,18}") ? data.deadLetter(Long.parseLong(id)) : Optional.empty();
  }

  private Map<String, Object> streams(View view) throws ConsoleData.Unavailable {
    int offset = view.number("from", 0, 1_000_000);
    Map<String, Object> found = data.streams(view.query("q"), STREAMS_A_PAGE, offset);
    var model = StreamModel.list(found);
    model.put("q", view.query("q"));
    model.put("from", offset);
    model.put("previous", Math.max(0, offset - STREAMS_A_PAGE));
    model.put("next", offset + STREAMS_A_PAGE);
    return model;
  }

  private Map<String, Object> deadLetters(View view) throws ConsoleData.Unavailable {
    int before = view.number("before", 0, Integer.MAX_VALUE);
    var model =
        new LinkedHashMap<>(data.deadLetters(LETTERS_A_PAGE, before == 0 ? null : (long) before));
    List<Map<String, Object>> letters = Models.rows(model, "letters");
    model.put("older", letters.size() == LETTERS_A_PAGE ? letters.get(99).get("msgId") : null);
    model.put(
        "redrivable", letters.stream().anyMatch(l -> Boolean.TRUE.equals(l.get("redrivable"))));
    return model;
  }

  private Page page(int status, String template, Map<String, Object> model, View view) {
    var all = new LinkedHashMap<>(model);
    all.put("frame", view.liveOnly() ? "live" : "page");
    all.put("follow", FOLLOWED.contains(template));
    all.put("path", view.path());
    all.put("section", view.path().split("/", 3).length < 2 ? "" : view.path().split("/", 3)[1]);
    all.put("csrf", view.csrf().orElse(null));
    all.put("note", view.query("note"));
    all.put("noteCount", view.number("n", 0, 1000));
    return new Page(status, templates.render(template, all));
  }
}
