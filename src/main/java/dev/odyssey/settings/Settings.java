package dev.odyssey.settings;

import dev.odyssey.failure.Secret;
import dev.odyssey.failure.Slip;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads settings by name and remembers every wrong one, so that a start can name them all at once.
 *
 * <p>A value that cannot be taken is remembered as a problem and answered with a neutral value;
 * {@link #verify()} then refuses. Not thread-safe: used once, at start.
 */
public final class Settings {
  private final Function<String, String> values;
  private final List<String> problems = new ArrayList<>();
  private final Set<Secret> secrets = new LinkedHashSet<>();

  /**
   * @param values gives the raw value of a name, or null
   */
  public Settings(Function<String, String> values) {
    this.values = values;
  }

  /**
   * All properties of the default file in the jar, overridden by {@code file} where it exists, then
   * by the environment variable, then by the system property of the same name; trimmed, since
   * routes and components read them too.
   */
  public static Map<String, String> load(Path file, Map<String, String> environment) {
    Properties properties = defaults();
    properties.putAll(own(file));
    var merged = new TreeMap<String, String>();
    for (String name : properties.stringPropertyNames()) {
      String value = System.getProperty(name, environment.get(name));
      merged.put(name, (value != null ? value : properties.getProperty(name)).trim());
    }
    return merged;
  }

  /**
   * Names in {@code file} and the environment that are no settings but look as if they were to be.
   * Routes and other programs have names of their own there, so none of them is refused.
   */
  public static List<String> doubts(Path file, Map<String, String> environment) {
    Set<String> known = defaults().stringPropertyNames();
    Set<String> told = new TreeSet<>(own(file).stringPropertyNames());
    told.addAll(environment.keySet());
    List<String> doubts = new ArrayList<>();
    for (String name : told) {
      Slip.of(name, known, n -> n.toUpperCase(Locale.ROOT))
          .filter(meant -> !told.contains(meant))
          .ifPresent(
              meant ->
                  doubts.add(
                      name + " is no setting and changes nothing; did you mean " + meant + "?"));
    }
    return doubts;
  }

  private static Properties defaults() {
    var properties = new Properties();
    try (InputStream defaults =
        Settings.class.getClassLoader().getResourceAsStream("application.properties")) {
      if (defaults != null) {
        properties.load(defaults);
      }
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Properties own(Path file) {
    var properties = new Properties();
    try {
      if (Files.exists(file)) {
        try (Reader reader = Files.newBufferedReader(file)) {
          properties.load(reader);
        }
      }
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidSettings(List.of(file + " cannot be read: " + e.getMessage()));
    }
  }

  /** The value, trimmed; empty where it is not set or blank. */
  public Optional<String> optional(String name) {
    return Optional.ofNullable(values.apply(name)).map(String::trim).filter(v -> !v.isEmpty());
  }

  public String text(String name) {
    return optional(name)
        .orElseGet(
            () -> {
              problem(name, "is not set");
              return "";
            });
  }

  public Secret secret(String name) {
    return secret(name, text(name));
  }

  public Optional<Secret> optionalSecret(String name) {
    return optional(name).map(value -> secret(name, value));
  }

  /** One that goes into a header as it is: an HTTP client would name it where it refuses it. */
  public Secret secret(String name, String value) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      problem(name, "must be one line without control characters");
    }
    return hide(value);
  }

  /** Makes a secret of a value, or of what is in one, such as a URL's password. */
  public Secret hide(String value) {
    Secret secret = new Secret(value);
    if (!value.isBlank()) {
      secrets.add(secret);
    }
    return secret;
  }

  /** All that were read until now. */
  public List<Secret> secrets() {
    return List.copyOf(secrets);
  }

  public List<String> list(String name) {
    return Arrays.stream(text(name).split(","))
        .map(String::trim)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  public long number(String name, long min, long max) {
    String text = text(name);
    try {
      long value = Long.parseLong(text);
      // routes put it into SQL as it is written
      if (value >= min && value <= max && text.matches("-?\\d+")) {
        return value;
      }
    } catch (NumberFormatException e) {
      if (text.isEmpty()) {
        return min; // text() has already remembered that it is missing
      }
    }
    problem(name, "must be a whole number from %d to %d, is '%s'".formatted(min, max, text));
    return min;
  }

  /** A share, from 0 to 1. */
  public double ratio(String name) {
    String text = text(name);
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && value <= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      if (text.isEmpty()) {
        return 0; // text() has already remembered that it is missing
      }
    }
    problem(name, "must be a number from 0 to 1, is '%s'".formatted(text));
    return 0;
  }

  public int integer(String name, int min, int max) {
    return (int) number(name, min, max);
  }

  public Duration seconds(String name, long min, long max) {
    return Duration.ofSeconds(number(name, min, max));
  }

  public Duration millis(String name, long min, long max) {
    return Duration.ofMillis(number(name, min, max));
  }

  public boolean flag(String name) {
    String text = text(name).toLowerCase(Locale.ROOT);
    if (!text.equals("true") && !text.equals("false") && !text.isEmpty()) {
      problem(name, "must be true or false, is '%s'".formatted(text));
    }
    return text.equals("true");
  }

  public String oneOf(String name, String... choices) {
    String text = text(name).toLowerCase(Locale.ROOT);
    if (!text.isEmpty() && !Arrays.asList(choices).contains(text)) {
      problem(name, "must be one of %s, is '%s'".formatted(String.join(", ", choices), text));
    }
    return text;
  }

  /** An absolute http or https URL without user info, query, fragment or trailing slash. */
  public URI httpUrl(String name) {
    return httpUrl(name, text(name));
  }

  /** As {@link #httpUrl(String)}, for a value that has a default of its own. */
  public URI httpUrl(String name, String value) {
    String text = value.replaceAll("/+$", "");
    try {
      URI uri = URI.create(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean more =
          uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null;
      if (http && uri.getHost() != null && !more && uri.getPort() <= 65_535) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // the same answer as for a wrong scheme: the value is not repeated, it may hold a secret
    }
    if (!text.isEmpty()) {
      problem(name, "must be a URL such as https://project.supabase.co");
    }
    return URI.create("http://invalid");
  }

  public void problem(String name, String what) {
    problems.add(name + " " + what);
  }

  /**
   * @throws InvalidSettings naming every wrong setting, if there is one
   */
  public void verify() {
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems.stream().distinct().toList());
    }
  }
}
