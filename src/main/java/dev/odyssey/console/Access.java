package dev.odyssey.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.odyssey.failure.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who may look at the console, and who may act.
 *
 * <p>A session is a signed cookie, not memory, so that it holds on every replica with the same
 * password and across restarts. Thread-safe.
 */
final class Access {
  static final Duration SESSION = Duration.ofHours(12);
  private static final int WRONG_GUESSES_A_MINUTE = 10;
  private static final int KEY_ROUNDS = 60_000;

  /** What a caller may do. */
  enum Verdict {
    LOOK,
    /** Look, and act with a CSRF token. */
    ACT,
    /** Nothing before the password is given. */
    LOG_IN,
    /** Nothing at all. */
    REFUSED
  }

  private final Optional<Secret> password;
  private final SecretKeySpec key;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Deque<Instant> wrongGuesses = new ArrayDeque<>();

  Access(Optional<Secret> password, Clock clock) {
    this.password = password;
    this.clock = clock;
    this.key = password.map(Access::keyOf).orElseGet(this::randomKey);
  }

  Verdict judge(Caller caller) {
    if (password.isEmpty()) {
      boolean here = caller.isLoopback() && caller.namesLoopback() && !caller.forwarded();
      return here ? Verdict.LOOK : Verdict.REFUSED;
    }
    return isSession(caller.session()) ? Verdict.ACT : Verdict.LOG_IN;
  }

  /** Whether so many wrong passwords came in lately that none is tried now. */
  synchronized boolean isGuessing() {
    Instant minuteAgo = clock.instant().minusSeconds(60);
    while (!wrongGuesses.isEmpty() && wrongGuesses.peekFirst().isBefore(minuteAgo)) {
      wrongGuesses.removeFirst();
    }
    return wrongGuesses.size() >= WRONG_GUESSES_A_MINUTE;
  }

  /** A new session for who knows the password; empty for who does not. */
  synchronized Optional<String> logIn(String given) {
    if (isGuessing()) {
      return Optional.empty();
    }
    boolean right =
        password.isPresent()
            && given != null
            && MessageDigest.isEqual(
                sign("guess:" + password.get().value()), sign("guess:" + given));
    if (!right) {
      wrongGuesses.addLast(clock.instant());
      return Optional.empty();
    }
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    String session = clock.instant().plus(SESSION).getEpochSecond() + "." + text(nonce);
    return Optional.of(session + "." + text(sign("session:" + session)));
  }

  /** What a form of this session must send back. */
  String csrfToken(String session) {
    return text(sign("csrf:" + session));
  }

  boolean isCsrfToken(String session, String token) {
    return token != null
        && MessageDigest.isEqual(csrfToken(session).getBytes(UTF_8), token.getBytes(UTF_8));
  }

  private boolean isSession(String session) {
    String[] parts = session == null ? new String[0] : session.split("\\.", 4);
    if (parts.length != 3 || !parts[0].matches("\\d{1,12}")) {
      return false;
    }
    byte[] expected = text(sign("session:" + parts[0] + "." + parts[1])).getBytes(UTF_8);
    return MessageDigest.isEqual(expected, parts[2].getBytes(UTF_8))
        && clock.instant().getEpochSecond() < Long.parseLong(parts[0]);
  }

  private byte[] sign(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Slow on purpose: a stolen cookie must not give the password away. */
  private static SecretKeySpec keyOf(Secret password) {
    try {
      var spec =
          new PBEKeySpec(
              password.value().toCharArray(), "odyssey console".getBytes(UTF_8), KEY_ROUNDS, 256);
      byte[] bytes =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      return new SecretKeySpec(bytes, "HmacSHA256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private SecretKeySpec randomKey() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return new SecretKeySpec(bytes, "HmacSHA256");
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
