package dev.odyssey.console;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Reads a caller from a request and writes answers, always with the headers that guard a page. */
final class Answers {
  private static final String COOKIE = "odyssey_session";

  private Answers() {}

  static Caller caller(RoutingContext request) {
    HttpServerRequest http = request.request();
    var headers = http.headers();
    Cookie cookie = http.getCookie(COOKIE);
    return new Caller(
        http.remoteAddress() == null ? null : http.remoteAddress().hostAddress(),
        host(http),
        headers.contains("Forwarded")
            || headers.contains("X-Forwarded-For")
            || headers.contains("X-Real-IP")
            || headers.contains("Via"),
        cookie == null ? null : cookie.getValue());
  }

  /** HTTP/2 has no Host header, but the same in its authority. */
  private static String host(HttpServerRequest http) {
    return http.authority() == null ? null : http.authority().toString();
  }

  /** Whether the browser says that another site sent this form. */
  static boolean isFromElsewhere(RoutingContext request) {
    String origin = request.request().getHeader("Origin");
    String host = host(request.request());
    return origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host);
  }

  static void html(RoutingContext request, Page page) {
    start(request, page.status(), "text/html; charset=utf-8").end(page.html());
  }

  static void text(RoutingContext request, int status, String text) {
    start(request, status, "text/plain; charset=utf-8").end(text + "\n");
  }

  static void seeOther(RoutingContext request, String location) {
    start(request, 303, "text/plain; charset=utf-8").putHeader("Location", location).end();
  }

  /** A response with its head; the caller writes the rest. Nothing after the client has gone. */
  static HttpServerResponse start(RoutingContext request, int status, String contentType) {
    HttpServerResponse response = request.response();
    return response
        .setStatusCode(status)
        .putHeader("Content-Type", contentType)
        .putHeader("Cache-Control", "no-store")
        .putHeader(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "same-origin")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin");
  }

  static void giveSession(RoutingContext request, String session) {
    request.response().addCookie(cookie(session).setMaxAge(Access.SESSION.toSeconds()));
  }

  static void takeSession(RoutingContext request) {
    request.response().addCookie(cookie("").setMaxAge(0));
  }

  private static Cookie cookie(String value) {
    return Cookie.cookie(COOKIE, value)
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setPath("/");
  }
}
