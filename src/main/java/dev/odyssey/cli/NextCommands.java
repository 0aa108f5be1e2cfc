package dev.odyssey.cli;

import dev.odyssey.failure.Shown;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** The commands that lead on from what was shown, each with what it does. */
final class NextCommands {
  private static final int MOST_TYPED = 100;

  private final Map<String, String> purposes = new LinkedHashMap<>();

  /**
   * @param command without the program's name
   */
  NextCommands add(String command, String purpose) {
    purposes.put(command, purpose);
    return this;
  }

  /** From a failure to its cause and its mending: what the file holds, and the mapping. */
  NextCommands mend(String stream) {
    return add("preview " + stream, "what the file holds, what does not fit")
        .add("mapping " + stream + " > m.json", "the mapping, to edit")
        .add("mapping " + stream + " --set m.json", "check it, then store it");
  }

  void print(PrintWriter out, Colours colours) {
    if (purposes.isEmpty()) {
      return;
    }
    out.println();
    out.println(colours.bold("Next"));
    int longest = purposes.keySet().stream().mapToInt(String::length).max().orElse(0);
    purposes.forEach(
        (command, purpose) ->
            out.println(
                "  bin/odyssey "
                    + command
                    + " ".repeat(longest - command.length() + 2)
                    + colours.dim(purpose)));
  }

  /** A stream as a shell takes it: by its name, by its id where that cannot be typed. */
  static String stream(Object name, Object id) {
    String text = name == null ? "" : name.toString();
    boolean typed =
        !text.isBlank()
            && !text.startsWith("-")
            && text.length() <= MOST_TYPED
            && text.equals(Shown.visible(text));
    return typed ? quoted(text) : String.valueOf(id);
  }

  /** As a shell takes it. */
  static String quoted(String name) {
    return name.matches("[\\w.-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
  }
}
