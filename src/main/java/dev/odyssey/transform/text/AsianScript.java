package dev.odyssey.transform.text;

import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Tells the encodings of Chinese, Japanese and Korean by their words: read in a wrong one, words
 * are mixtures of scripts. The frequency of their signs alone takes Polish for Chinese and Chinese
 * for Korean. Stateless.
 */
final class AsianScript {
  private static final int LEAST_WORDS = 3;
  private static final String SHIFT_JIS = "Shift_JIS";
  private static final Pattern JAPANESE =
      Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}ー&&[^\uff61-\uff9f]]+");
  private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}+");
  private static final Pattern KOREAN = Pattern.compile("\\p{IsHangul}+");
  private static final Map<String, Pattern> SCRIPTS =
      Map.of(
          SHIFT_JIS, JAPANESE, "EUC-JP", JAPANESE, "GB18030", CHINESE, "Big5", CHINESE, "EUC-KR",
          KOREAN);

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]{2,}");
  private static final Pattern HALF_WIDTH = Pattern.compile("[\uff61-\uff9f]+");

  private AsianScript() {}

  /** Without those of these encodings in which most words are mixtures. */
  static CharsetMatch[] likely(CharsetMatch[] matches, byte[] text) {
    return Arrays.stream(matches)
        .filter(match -> isLikely(match.getName(), text))
        .toArray(CharsetMatch[]::new);
  }

  private static boolean isLikely(String name, byte[] text) {
    return !SCRIPTS.containsKey(name)
        || share(SCRIPTS.get(name), words(new String(text, TextEncoding.named(name).get()))) > 0.5;
  }

  /** Of a few words, where Shift_JIS is that of Japanese. */
  static Optional<Charset> of(byte[] text) {
    return Optional.of(SHIFT_JIS).filter(name -> isSound(name, text)).flatMap(TextEncoding::named);
  }

  private static boolean isSound(String name, byte[] text) {
    try {
      Charset charset = TextEncoding.named(name).get();
      List<String> words = words(charset.newDecoder().decode(ByteBuffer.wrap(text)).toString());
      return words.size() >= LEAST_WORDS && share(SCRIPTS.get(name), words) > 0.7;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static double share(Pattern script, List<String> words) {
    long sound = words.stream().filter(word -> script.matcher(word).matches()).count();
    return sound / (double) Math.max(1, words.size());
  }

  /** With letters beyond ASCII; those of half-width signs are also made of Cyrillic ones. */
  private static List<String> words(String decoded) {
    return WORD.matcher(decoded)
        .results()
        .map(MatchResult::group)
        .filter(word -> word.chars().anyMatch(c -> c > 127))
        .filter(word -> !HALF_WIDTH.matcher(word).matches())
        .toList();
  }
}
