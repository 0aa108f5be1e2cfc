package dev.odyssey.transform.types;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.odyssey.transform.options.SourceOption;
import dev.odyssey.transform.options.SourceOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The words for true and false. Stateless. */
final class BooleanWords {
  /** Always known. */
  static final Map<String, Boolean> USUAL =
      words(
          List.of("true", "t", "yes", "y", "on", "1"),
          List.of("false", "f", "no", "n", "off", "0"));

  private static final Map<String, Map<String, Boolean>> LANGUAGES =
      Map.ofEntries(
          Map.entry("cs", words(List.of("ano", "pravda"), List.of("ne", "nepravda"))),
          Map.entry("da", words(List.of("ja", "sand"), List.of("nej", "falsk"))),
          Map.entry("de", words(List.of("ja", "j", "wahr"), List.of("nein", "falsch"))),
          Map.entry("es", words(List.of("sí", "si", "s", "verdadero"), List.of("no", "falso"))),
          Map.entry("fr", words(List.of("oui", "o", "vrai"), List.of("non", "faux"))),
          Map.entry("it", words(List.of("sì", "si", "s", "vero"), List.of("no", "falso"))),
          Map.entry("nl", words(List.of("ja", "j", "waar"), List.of("nee", "onwaar"))),
          Map.entry("no", words(List.of("ja", "sann"), List.of("nei", "usann"))),
          Map.entry("pl", words(List.of("tak", "prawda"), List.of("nie", "fałsz"))),
          Map.entry("pt", words(List.of("sim", "s", "verdadeiro"), List.of("não", "nao", "falso"))),
          Map.entry("ru", words(List.of("да", "истина"), List.of("нет", "ложь"))),
          Map.entry("sv", words(List.of("ja", "sant"), List.of("nej", "falskt"))),
          Map.entry("tr", words(List.of("evet", "doğru"), List.of("hayır", "yanlış"))));

  private BooleanWords() {}

  /** An unknown language is a permanent failure that names the known ones. */
  static Map<String, Boolean> of(String language, SourceOptions options) {
    Map<String, Boolean> words = LANGUAGES.get(language);
    if (words == null) {
      throw options.fault(
          SourceOption.BOOLEAN_LANGUAGES,
          TextNode.valueOf(language),
          "must be of " + String.join(", ", LANGUAGES.keySet().stream().sorted().toList()));
    }
    return words;
  }

  private static Map<String, Boolean> words(List<String> yes, List<String> no) {
    Map<String, Boolean> words = new LinkedHashMap<>();
    yes.forEach(word -> words.put(word, true));
    no.forEach(word -> words.put(word, false));
    return words;
  }
}
