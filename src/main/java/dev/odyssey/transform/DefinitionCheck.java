package dev.odyssey.transform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.definition.DefinitionParser;
import dev.odyssey.transform.definition.Mapping;
import dev.odyssey.transform.definition.StreamDefinition;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.expression.ExpressionParser;
import dev.odyssey.transform.source.AnyColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Says what is wrong with a stream's definition as far as that can be told without its source file:
 * shapes, names, types, and whether each transform is an expression that is allowed. Thread-safe.
 */
public final class DefinitionCheck {
  private final Path directory;
  private final TransformSettings settings;

  /**
   * @param directory where the engine may have a place; need not exist
   */
  public DefinitionCheck(Path directory, TransformSettings settings) {
    this.directory = directory;
    this.settings = settings;
  }

  /**
   * @param definition {@code {stream, source, fieldMappings, sourceSchema}}
   * @throws PermanentFailure as a job would, naming the place
   */
  public void require(JsonNode definition) throws IOException, SQLException {
    StreamDefinition stream = DefinitionParser.parse(definition);
    if (stream.mappings().stream().allMatch(mapping -> mapping.transform() == null)) {
      return;
    }
    Files.createDirectories(directory);
    Path own = Files.createTempDirectory(directory, "check-");
    try (Engine engine = Engine.open(own, settings)) {
      var expressions = new ExpressionParser(engine, new AnyColumns(), stream.name());
      for (Mapping mapping : stream.mappings()) {
        if (mapping.transform() != null) {
          expressions.parse(mapping);
        }
      }
    } finally {
      Files.deleteIfExists(own);
    }
  }
}
