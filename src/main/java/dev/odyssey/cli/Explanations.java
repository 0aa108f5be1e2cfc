package dev.odyssey.cli;

import dev.odyssey.failure.Failure;
import dev.odyssey.failure.LibraryFailures;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.TransientFailure;
import dev.odyssey.settings.InvalidSettings;
import java.io.FileNotFoundException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.Clock;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What went wrong, for the one who typed the command: a line, and what to do. Stateless. */
final class Explanations {
  private static final int WRONG = 2;
  private static final int FAILED = 1;

  private Explanations() {}

  /**
   * @param message one line, but for wrong settings, which are one line each
   * @param advice what to do; null where the message says it
   */
  record Explanation(int exitCode, String message, String advice) {}

  static Explanation of(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
      Explanation known = known(t);
      if (known != null) {
        return known;
      }
    }
    String message = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    return new Explanation(FAILED, message, null);
  }

  private static Explanation known(Throwable t) {
    if (t instanceof InvalidSettings) {
      return new Explanation(WRONG, t.getMessage(), null);
    }
    if (t instanceof PermanentFailure f) {
      return new Explanation(FAILED, f.getMessage(), f.advice());
    }
    if (t instanceof TransientFailure f) {
      return new Explanation(FAILED, f.getMessage(), f.advice());
    }
    if (t instanceof FlywayException) {
      return failed(t.getMessage(), null); // says more than its cause
    }
    if (t instanceof NoSuchFileException || t instanceof FileNotFoundException) {
      return new Explanation(WRONG, "There is no file " + t.getMessage(), null);
    }
    if (t instanceof SQLException e) {
      return sql(e);
    }
    Failure failure = new LibraryFailures(Clock.systemUTC()).of(t);
    return failure == null ? null : new Explanation(FAILED, failure.message(), failure.advice());
  }

  /** https://www.postgresql.org/docs/current/errcodes-appendix.html */
  private static Explanation sql(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String message = e.getMessage().lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
    return switch (state) {
      case "3F000", "42883", "42P01" ->
          failed(
              "The database lacks what this command needs: " + message,
              "Run as an administrator: bin/odyssey migrate");
      case "42501" ->
          failed(
              "This login may not do that: " + message,
              "Run as an administrator: bin/odyssey migrate --grant-to ROLE"
                  + " (--grant-mappings-to ROLE to change mappings)");
      case "28P01", "28000", "3D000" ->
          failed("The database refuses the login: " + message, "Check DATABASE_URL.");
      default ->
          state.startsWith("08")
              ? failed(
                  e.getCause() instanceof UnknownHostException host
                      ? "The database's host name is not known: " + host.getMessage()
                      : "The database does not answer: " + message.split("\\. ", 2)[0],
                  "Check DATABASE_URL and the network; is it up?")
              : failed(capital(message), hint(e));
    };
  }

  private static String hint(SQLException e) {
    ServerErrorMessage server = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
    return server == null ? null : server.getHint();
  }

  private static Explanation failed(String message, String advice) {
    return new Explanation(FAILED, message, advice);
  }

  private static String capital(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
