package dev.odyssey.cli;

import picocli.CommandLine.Help.Ansi;

/**
 * Colours on a terminal, none anywhere else, nor where NO_COLOR is set. Immutable.
 *
 * @param enabled whether there are any
 */
record Colours(boolean enabled) {

  /** What fits the output of this process. */
  static Colours here() {
    return new Colours(Ansi.AUTO.enabled());
  }

  String bold(String text) {
    return in("1", text);
  }

  String dim(String text) {
    return in("2", text);
  }

  String good(String text) {
    return in("32", text);
  }

  String bad(String text) {
    return in("31", text);
  }

  String busy(String text) {
    return in("36", text);
  }

  /** A run's state or an attempt's outcome in the colour that it has everywhere. */
  String state(String state, String text) {
    return switch (state.split(" ", 2)[0]) {
      case "completed" -> good(text);
      case "failed", "dead-lettered", "crashed", "retried", "retrying" -> bad(text);
      case "running", "waiting" -> busy(text);
      default -> text;
    };
  }

  private String in(String code, String text) {
    return enabled ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
