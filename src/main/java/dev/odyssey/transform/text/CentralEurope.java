package dev.odyssey.transform.text;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds the encodings of Central Europe's Latin letters by a few words that no Western language
 * has: read as Windows-1252 they would have signs between letters, or letters that never meet.
 * Stateless.
 */
final class CentralEurope {
  private static final double MOST = 0.8;
  private static final int LEAST_WORDS = 2;
  private static final String POLISH = "ąćęłńóśźż";
  private static final List<Charset> ENCODINGS =
      List.of(Charset.forName("windows-1250"), Charset.forName("ISO-8859-2"));

  /** With the signs that the other one of the encodings has for letters. */
  private static final Pattern WORD = Pattern.compile("[\\p{L}ˇ¦¬©®±¶\\x80-\\x9f]{2,40}");

  private static final List<Language> LANGUAGES =
      List.of(
          new Language(POLISH, "\\p{L}+[ąłż]\\p{L}.*|ż?+(?=.*[ąłśźć])" + twoOf(POLISH)),
          new Language(
              "áäčďéěíĺľňóôöřŕšťúůüýž",
              "(?=.*[ěřčňůďľ]).*[šžýíá].*|\\p{L}+ť\\p{L}.*"), // Czech, Slovak
          new Language(
              "áéíóöőúüű", "(?=.*[őű]).*([áíóúöü]|[őű].*[őű]).*|\\p{L}{2,}[őű]"), // Hungarian
          new Language("čćđšž", "(?=.*[čćđ]).*[šž].*|.*\\p{L}ić"), // Croatian, Slovene
          new Language("ăâîşţ", "\\p{L}+ş\\p{L}.*")); // Romanian

  /** A single word of it will do: Western signs between letters, and another letter of Polish. */
  private static final Pattern SURE = Pattern.compile("(?=\\p{L}+[ąłż]\\p{L})" + twoOf(POLISH));

  /**
   * A language by what its words look like in small letters.
   *
   * @param telling matches words that no Western language has
   */
  private record Language(Pattern letters, Pattern telling) {
    Language(String letters, String telling) {
      this(Pattern.compile("[a-z" + letters + "]+"), Pattern.compile(telling));
    }

    /** The share of the words that may be its own; 0 where too few tell. */
    double share(List<String> words) {
      List<String> own = words.stream().filter(word -> letters.matcher(word).matches()).toList();
      long tell = own.stream().distinct().filter(word -> telling.matcher(word).matches()).count();
      boolean told = tell >= LEAST_WORDS || own.stream().anyMatch(SURE.asMatchPredicate());
      return told ? own.size() / (double) words.size() : 0;
    }
  }

  private CentralEurope() {}

  private static String twoOf(String letters) {
    return ".*([%1$s]).*(?!\\1)[%1$s].*".formatted(letters);
  }

  /**
   * @param text lines with bytes beyond ASCII
   */
  static Optional<Charset> of(byte[] text) {
    Optional<Charset> best = Optional.empty();
    double most = MOST;
    for (Charset charset : ENCODINGS) {
      List<String> words = words(new String(text, charset));
      for (Language language : LANGUAGES) {
        double share = language.share(words);
        if (best.isEmpty() ? share >= most : share > most) {
          best = Optional.of(charset);
          most = share;
        }
      }
    }
    return best;
  }

  /** That have letters beyond ASCII. */
  private static List<String> words(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .map(MatchResult::group)
        .filter(word -> word.chars().anyMatch(c -> c > 127))
        .toList();
  }
}
