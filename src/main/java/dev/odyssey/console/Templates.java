package dev.odyssey.console;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Renders the templates in {@code console/}; whatever they print is escaped. Thread-safe. */
final class Templates {
  private final PebbleEngine engine;

  Templates() {
    var loader = new ClasspathLoader(Templates.class.getClassLoader());
    loader.setPrefix("console");
    loader.setSuffix(".peb");
    this.engine =
        new PebbleEngine.Builder()
            .loader(loader)
            .autoEscaping(true)
            .extension(new Formats())
            .build();
  }

  String render(String name, Map<String, Object> model) {
    try {
      var html = new StringWriter();
      engine.getTemplate(name).evaluate(html, model);
      return html.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("Template " + name, e);
    }
  }
}
