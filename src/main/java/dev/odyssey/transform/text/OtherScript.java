package dev.odyssey.transform.text;

import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells the one-byte encodings of Cyrillic, Greek, Hebrew and Arabic from one another in a few
 * words, where the frequency of letters tells too little: read in the right one, every word is of
 * one script and has capitals at its beginning at most. Stateless.
 */
final class OtherScript {
  private static final double MOST = 0.9;
  private static final int LEAST_WORDS = 3;
  private static final List<String> KNOWN =
      List.of(
          "windows-1251",
          "KOI8-R",
          "IBM866",
          "ISO-8859-5",
          "windows-1253",
          "windows-1255",
          "windows-1256");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]{2,}");
  private static final Pattern SOUND =
      Pattern.compile(
          Set.of("Cyrillic", "Greek", "Hebrew", "Arabic").stream()
              .map(
                  script ->
                      "(?=[\\p{Is%1$s}\\p{M}]+$)(\\p{Lu}?[^\\p{Lu}]+|\\p{Lu}+)".formatted(script))
              .collect(Collectors.joining("|")));

  private OtherScript() {}

  /**
   * @param text lines with bytes beyond ASCII
   * @param matches by frequency, the likeliest first; of equals they decide
   * @param sure true where the first of them is beyond doubt
   * @return empty for Latin letters and for what is none of these
   */
  static Optional<Charset> of(byte[] text, CharsetMatch[] matches, boolean sure) {
    boolean known = charset(matches[0], text).filter(OtherScript::isKnown).isPresent();
    if ((sure && !known) || !isOther(text)) {
      return Optional.empty();
    }
    Set<Charset> candidates = new LinkedHashSet<>();
    for (CharsetMatch match : matches) {
      charset(match, text).filter(OtherScript::isKnown).ifPresent(candidates::add);
    }
    KNOWN.forEach(name -> candidates.add(Charset.forName(name)));
    return candidates.stream().filter(charset -> isSound(text, charset)).findFirst();
  }

  /**
   * Windows writes Greek and Hebrew almost as ISO does and is far more frequent; only an accented
   * capital alpha tells the one Greek from the other.
   */
  static Optional<Charset> charset(CharsetMatch match, byte[] text) {
    String name = match.getName().replaceAll("-I$|_(rtl|ltr)$", "");
    String bytes = new String(text, StandardCharsets.ISO_8859_1);
    return TextEncoding.named(
        switch (name) {
          case "ISO-8859-7" ->
              bytes.contains("\u00b6") && !bytes.contains("\u00a2") ? name : "windows-1253";
          case "ISO-8859-8" -> "windows-1255";
          default -> name;
        });
  }

  private static boolean isKnown(Charset charset) {
    return KNOWN.contains(charset.name()) || charset.name().equals("ISO-8859-7");
  }

  /** True where whole words are beyond ASCII: Western words mix such letters with ASCII ones. */
  private static boolean isOther(byte[] text) {
    String marked =
        new String(text, StandardCharsets.ISO_8859_1)
            .replaceAll("[A-Za-z]", "a")
            .replaceAll("[^\\x00-\\x7f]", "b")
            .replaceAll("[^ab]+", " ");
    long whole = Pattern.compile("\\bb{3,}\\b").matcher(marked).results().count();
    long mixed = Pattern.compile("ab|ba").matcher(marked).results().count();
    return whole >= LEAST_WORDS && whole >= 9 * mixed;
  }

  private static boolean isSound(byte[] text, Charset charset) {
    try {
      String decoded = charset.newDecoder().decode(ByteBuffer.wrap(text)).toString();
      List<String> words =
          WORD.matcher(decoded)
              .results()
              .map(word -> word.group())
              .filter(word -> word.chars().anyMatch(c -> c > 127))
              .toList();
      long letters = decoded.chars().filter(c -> c > 127 && Character.isLetter(c)).count();
      long others = decoded.chars().filter(c -> c > 127 && !Character.isLetter(c)).count();
      long sound = words.stream().filter(word -> SOUND.matcher(word).matches()).count();
      return others * 10 <= letters && sound >= LEAST_WORDS && sound >= words.size() * MOST;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
