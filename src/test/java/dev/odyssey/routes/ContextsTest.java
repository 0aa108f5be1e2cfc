package dev.odyssey.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ContextsTest {

  @Test
  void aSettingIsTheSameForRoutesAndBeansWhateverTheEnvironmentSays() throws Exception {
    var main = Contexts.create(Map.of("PATH", "of the settings"), Map.of(), Map.of());
    main.start();
    try {
      var context = main.getCamelContext();

      assertThat(context.resolvePropertyPlaceholders("{{PATH}}")).isEqualTo("of the settings");
      assertThat(context.resolvePropertyPlaceholders("{{HOME}}")).isEqualTo(System.getenv("HOME"));
    } finally {
      main.shutdown();
    }
  }
}
