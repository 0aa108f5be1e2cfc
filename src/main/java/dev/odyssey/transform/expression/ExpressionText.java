package dev.odyssey.transform.expression;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Bounds an expression's text before the engine's parser sees it. That parser recurses with every
 * operator, so that a long enough chain of them overflows the stack and ends the process; and it
 * copies the operand of {@code CASE operand WHEN} for each WHEN, so that nested ones double.
 *
 * <p>What makes two readers disagree on where a text ends (comments, escapes, dollar quotes) is
 * refused, so that these bounds hold for the engine too.
 */
final class ExpressionText {
  static final int MAX_LENGTH = 10_000;
  static final int MAX_NESTING = 100;

  /** Measured: 1.5.6 survives 800 of the costliest operator on 512 KiB of stack; ours is 1 MiB. */
  static final int MAX_OPERATORS = 500;

  private static final Set<String> PAIRS =
      Set.of("||", "::", "->", "<=", ">=", "<>", "!=", "==", "**", "//", "~~", "!~", ":=");
  private static final Set<String> TEXT_PREFIXES = Set.of("e", "x", "b", "u", "n", "r");

  /** To PostgreSQL this is a search, to the engine a match of the whole text. */
  private static final Pattern MATCHES = Pattern.compile("!?~(?!~)");

  private final String text;
  private final Deque<Boolean> cases = new ArrayDeque<>(); // true: still before the first WHEN
  private int at;
  private String before = ""; // the word or sign before this one
  private int operators;
  private int nesting;

  private ExpressionText(String text) {
    this.text = text;
  }

  static void requireBounded(String text) throws Refusal {
    if (text.length() > MAX_LENGTH) {
      throw new Refusal("it is longer than " + MAX_LENGTH + " characters", MAX_LENGTH);
    }
    ExpressionText scan = new ExpressionText(text);
    while (scan.at < text.length()) {
      scan.readPiece();
    }
  }

  private void readPiece() throws Refusal {
    char c = text.charAt(at);
    if (c == '\'' || c == '"') {
      skipQuoted(c);
    } else if (isWordPart(c)) {
      readWord();
    } else if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      at++;
      return;
    } else {
      readSymbol(c);
    }
    if (operators > MAX_OPERATORS) {
      throw refusal(
          "it has more than %d names and operators; IN (...) takes many values without"
              .formatted(MAX_OPERATORS));
    }
  }

  private void skipQuoted(char quote) throws Refusal {
    int start = at;
    for (at++; at < text.length(); at++) {
      if (text.charAt(at) == '\0') {
        throw refusal("it holds a NUL character");
      }
      if (text.charAt(at) == quote) {
        at++;
        if (at == text.length() || text.charAt(at) != quote) {
          endQuoted(start);
          return;
        }
      }
    }
    at = start;
    throw refusal("the quote " + quote + " is not closed");
  }

  private void endQuoted(int start) throws Refusal {
    if (before.equals("similar to")) {
      refuse(OtherDialects.patternTrap(text.substring(start, at)), start);
    }
    before = "'";
  }

  private void readWord() throws Refusal {
    int start = at;
    while (at < text.length() && (isWordPart(text.charAt(at)) || text.charAt(at) == '$')) {
      at++;
    }
    operators += Character.isDigit(text.charAt(start)) ? 0 : 1;
    String word = text.substring(start, at).toLowerCase(Locale.ROOT);
    boolean escaped = word.equals("u") && (text.startsWith("&'", at) || text.startsWith("&\"", at));
    if (escaped || (TEXT_PREFIXES.contains(word) && text.startsWith("'", at))) {
      at = start;
      throw refusal("only plain texts are allowed: write 'it''s', not E'it\\'s' and the like");
    }
    followCase(word, start);
    String rest = text.substring(at);
    if (before.equals("as") || before.equals("::") || rest.stripLeading().startsWith("'")) {
      refuse(OtherDialects.typeTrap(word, rest), start);
    }
    before = before.equals("similar") ? before + " " + word : word;
  }

  private void followCase(String word, int start) throws Refusal {
    switch (word) {
      case "case" -> {
        if (cases.contains(true)) {
          at = start;
          throw refusal(
              "a CASE inside the operand of CASE is not allowed: write CASE WHEN a = b THEN ...");
        }
        cases.push(true);
      }
      case "when" -> {
        if (!cases.isEmpty()) {
          cases.pop();
          cases.push(false);
        }
      }
      case "end" -> cases.poll();
      default -> {}
    }
  }

  private void readSymbol(char c) throws Refusal {
    requireKnown(c);
    if (c == '(' || c == '[' || c == '{') {
      nesting++;
      operators += c == '[' ? 1 : 0;
    } else if (c == ')' || c == ']' || c == '}') {
      nesting--;
    } else if (c != ',' && c != '.') {
      operators++;
    }
    if (nesting > MAX_NESTING) {
      throw refusal("it is nested deeper than " + MAX_NESTING);
    }
    int length = PAIRS.stream().anyMatch(pair -> text.startsWith(pair, at)) ? 2 : 1;
    before = text.substring(at, at + length);
    at += length;
  }

  private void requireKnown(char c) throws Refusal {
    if (text.startsWith("--", at) || text.startsWith("/*", at)) {
      throw refusal("a comment is not allowed; write - -1 for a doubled minus");
    }
    if (c == ';') {
      throw refusal("it is more than one expression: ; is not allowed");
    }
    if (c == '$' || c == '?') {
      throw refusal("parameters and dollar quotes are not allowed: write a plain 'text'");
    }
    if (MATCHES.matcher(text).region(at, text.length()).lookingAt()
        && !before.isEmpty()
        && !before.endsWith("~")) {
      throw refusal("the operator ~ is not allowed: write regexp_matches(text, 'pattern')");
    }
    if (c == '`') {
      throw refusal("a column's name stands in double quotes, \"name\", a text in single ones");
    }
    if (c > '~' || c < ' ') {
      throw refusal(
          "the invisible or unknown character U+%04X is not allowed outside quotes"
              .formatted(text.codePointAt(at)));
    }
  }

  private void refuse(Optional<String> reason, int start) throws Refusal {
    if (reason.isPresent()) {
      at = start;
      throw refusal(reason.get());
    }
  }

  private Refusal refusal(String reason) {
    return new Refusal(reason, at);
  }

  private static boolean isWordPart(char c) {
    return c == '_' || Character.isLetterOrDigit(c) || Character.isSurrogate(c);
  }
}
