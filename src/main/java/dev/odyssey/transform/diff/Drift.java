package dev.odyssey.transform.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.options.SourceOption;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.text.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of a snapshot's columns since the last one. Names are compared as the engine does,
 * without regard to case. Immutable.
 *
 * @param added names that the last snapshot did not have
 * @param dropped names that only the last snapshot had
 * @param retyped names whose type changed
 * @param before the last snapshot's columns and types
 * @param now this snapshot's columns and types, in order
 */
public record Drift(
    List<String> added,
    List<String> dropped,
    List<String> retyped,
    Map<String, String> before,
    Map<String, String> now) {

  /** What a stream wants done about it. */
  public enum Policy {
    /** Take the new columns. */
    EVOLVE,
    /** Fail. */
    FREEZE,
    /** Leave columns out that the last snapshot did not have. */
    DISCARD;

    /** The stream's own word, else its source's. */
    public static Policy of(JsonNode stream, SourceOptions options) {
      String own = stream.path("schemaPolicy").asText("");
      String word = own.isBlank() ? options.text(SourceOption.SCHEMA_POLICY).orElse("evolve") : own;
      return switch (word.strip().toLowerCase(Locale.ROOT)) {
        case "evolve" -> EVOLVE;
        case "freeze" -> FREEZE;
        case "discard" -> DISCARD;
        default ->
            throw options.fault(
                SourceOption.SCHEMA_POLICY,
                TextNode.valueOf(word),
                "must be evolve, freeze or discard");
      };
    }
  }

  public static Drift between(Map<String, String> before, Map<String, String> now) {
    List<String> added = new ArrayList<>();
    List<String> retyped = new ArrayList<>();
    List<String> dropped = new ArrayList<>(before.keySet());
    now.forEach(
        (name, type) -> {
          Optional<String> old = find(before, name);
          old.ifPresent(dropped::remove);
          if (old.isEmpty()) {
            added.add(name);
          } else if (!before.get(old.get()).equals(type)) {
            retyped.add(name);
          }
        });
    return new Drift(List.copyOf(added), List.copyOf(dropped), List.copyOf(retyped), before, now);
  }

  /** True when nothing changed at all, the order of columns included. */
  boolean isNone() {
    return List.copyOf(before.entrySet()).equals(List.copyOf(now.entrySet()));
  }

  /** True when the snapshots have no column in common. */
  public boolean isOfAnother() {
    return common().isEmpty() && !before.isEmpty();
  }

  /** The last snapshot's name of a column. */
  Optional<String> old(String name) {
    return find(before, name);
  }

  boolean isRetyped(String name) {
    return retyped.contains(name);
  }

  /** The type that a column of both had in the last snapshot. */
  public String was(String name) {
    return before.get(old(name).orElseThrow());
  }

  /** The columns of both, with their types of now: what {@link Policy#DISCARD} keeps. */
  Map<String, String> common() {
    Map<String, String> common = new LinkedHashMap<>(now);
    common.keySet().removeAll(added);
    return common;
  }

  /** Refuses a change of columns or types under {@link Policy#FREEZE}. */
  public void refuse(String stream) {
    if (added.isEmpty() && dropped.isEmpty() && retyped.isEmpty()) {
      return;
    }
    throw new PermanentFailure(
        "Stream %s: its schema is frozen, but has changed: %s."
            .formatted(Names.shown(stream), shown()),
        "Correct the source or the mappings, or set schemaPolicy to evolve or discard, then redrive"
            + " the job.",
        JsonNodeFactory.instance
            .objectNode()
            .set("schema", toJson(Policy.FREEZE, List.of(), Set.of(), Map.of())),
        null);
  }

  private String shown() {
    return Stream.of(shown("added ", added), shown("dropped ", dropped), shown("retyped ", retyped))
        .filter(change -> !change.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String shown(String what, List<String> names) {
    return names.isEmpty() ? "" : what + Names.shown(names);
  }

  /**
   * @param discarded columns that were left out
   * @param beside columns that the file has dropped and rows that stay have
   * @param inexact as {@link Diff.Outcome}
   * @return null where nothing changed
   */
  public ObjectNode toJson(
      Policy policy, List<String> discarded, Set<String> beside, Map<String, Long> inexact) {
    List<String> lacking = Stream.concat(dropped.stream(), beside.stream()).toList();
    if (added.isEmpty() && lacking.isEmpty() && retyped.isEmpty() && discarded.isEmpty()) {
      return null;
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("policy", policy.name().toLowerCase(Locale.ROOT));
    added.forEach(json.putArray("added")::add);
    lacking.forEach(json.putArray("dropped")::add);
    discarded.forEach(json.putArray("discarded")::add);
    var changed = json.putArray("retyped");
    for (String name : retyped) {
      ObjectNode column =
          changed.addObject().put("column", name).put("from", was(name)).put("to", now.get(name));
      if (inexact.getOrDefault(name, 0L) > 0) {
        column.put("inexact", inexact.get(name));
      }
    }
    return json;
  }

  private static Optional<String> find(Map<String, String> columns, String name) {
    return columns.keySet().stream().filter(name::equalsIgnoreCase).findFirst();
  }
}
