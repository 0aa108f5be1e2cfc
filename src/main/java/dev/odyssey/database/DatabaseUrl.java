package dev.odyssey.database;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code DATABASE_URL} as JDBC wants it: the URL without credentials, user and password apart.
 *
 * <p>Neither {@code toString} nor any error shows the password. Immutable.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database?parameters}
 * @param user who logs in; {@code postgres} where the URL names nobody
 * @param password empty where the URL has none
 */
public record DatabaseUrl(String jdbcUrl, String user, String password) {
  private static final Pattern SCHEME =
      Pattern.compile("^(jdbc:postgresql|postgresql|postgres)://", Pattern.CASE_INSENSITIVE);
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^\\[\\]:/@\\s]+)(:(?<port>\\d{1,5}))?");
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");

  /** libpq's parameter names that the JDBC driver spells differently. */
  private static final Map<String, String> JDBC_NAMES =
      Map.of(
          "application_name", "ApplicationName",
          "channel_binding", "channelBinding",
          "connect_timeout", "connectTimeout");

  /**
   * Reads {@code postgres://}, {@code postgresql://} and {@code jdbc:postgresql://} URLs.
   *
   * <p>Host, port and database may be left out: localhost, 5432 and the user's name, as for psql.
   * Several hosts ({@code a:5432,b:5432}) and IPv6 ({@code [::1]}) are taken.
   *
   * @throws IllegalArgumentException when it is none of these; the message names DATABASE_URL
   */
  public static DatabaseUrl parse(String text) {
    var trimmed = text.strip();
    var scheme = SCHEME.matcher(trimmed);
    if (!scheme.find()) {
      throw wrong("must start with postgres://, postgresql:// or jdbc:postgresql://");
    }
    var rest = trimmed.substring(scheme.end());
    var question = rest.indexOf('?');
    var place = question < 0 ? rest : rest.substring(0, question);
    var parameters = parameters(question < 0 ? "" : rest.substring(question + 1));

    // The last @: a password that holds one may have come unescaped.
    var at = place.lastIndexOf('@');
    var login = at < 0 ? "" : place.substring(0, at);
    var colon = login.indexOf(':');
    var user = decode(colon < 0 ? login : login.substring(0, colon));
    var password = decode(colon < 0 ? "" : login.substring(colon + 1));
    // JDBC's own way to write them.
    var userParameter = parameters.remove("user");
    var passwordParameter = parameters.remove("password");
    user = !user.isEmpty() ? user : userParameter == null ? "postgres" : decode(userParameter);
    password =
        !password.isEmpty() || passwordParameter == null ? password : decode(passwordParameter);

    var target = place.substring(at + 1);
    var slash = target.indexOf('/');
    var hosts = hosts(slash < 0 ? target : target.substring(0, slash));
    var database = slash < 0 ? "" : target.substring(slash + 1);
    if (database.contains("/")) {
      throw wrong("has more than one / after the host; in a password write / as %2F");
    }
    return new DatabaseUrl(
        "jdbc:postgresql://"
            + hosts
            + "/"
            + (database.isEmpty() ? encode(user) : database)
            + (parameters.isEmpty() ? "" : "?" + join(parameters)),
        user,
        password);
  }

  private static Map<String, String> parameters(String query) {
    var parameters = new LinkedHashMap<String, String>();
    for (var parameter : query.split("&", -1)) {
      var equals = parameter.indexOf('=');
      if (equals > 0) {
        var name = parameter.substring(0, equals);
        parameters.put(JDBC_NAMES.getOrDefault(name, name), parameter.substring(equals + 1));
      } else if (!parameter.isEmpty()) {
        throw wrong("has a parameter without a value after the ?");
      }
    }
    return parameters;
  }

  private static String join(Map<String, String> parameters) {
    // The JDBC driver reads + as a space; in a URL it is a plus.
    return String.join(
        "&",
        parameters.entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + parameter.getValue().replace("+", "%2B"))
            .toList());
  }

  private static String hosts(String text) {
    if (text.isEmpty()) {
      return "localhost";
    }
    List<String> hosts = new ArrayList<>();
    for (var part : text.split(",", -1)) {
      var host = HOST.matcher(part);
      if (!host.matches()) {
        throw wrong("must name its host as host, host:port or [IPv6]:port after the last @");
      }
      var port = host.group("port");
      if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535)) {
        throw wrong("must have a port between 1 and 65535, not " + port);
      }
      hosts.add(part);
    }
    return String.join(",", hosts);
  }

  private static String decode(String text) {
    if (BROKEN_ESCAPE.matcher(text).find()) {
      throw wrong("has a % in its user or password that starts no escape: write it as %25");
    }
    // URLDecoder is for forms, where + is a space.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "DATABASE_URL " + what + ", like postgres://user:password@host:5432/database");
  }

  @Override
  public String toString() {
    var question = jdbcUrl.indexOf('?');
    return (question < 0 ? jdbcUrl : jdbcUrl.substring(0, question)) + " as " + user;
  }
}
