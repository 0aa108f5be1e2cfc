package dev.odyssey.routes;

import java.util.Map;
import java.util.Properties;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** Makes camel-main applications that share settings and beans within one process. */
public final class Contexts {
  private Contexts() {}

  /**
   * Not started; without a JVM shutdown hook of its own.
   *
   * @param settings every property, by name
   * @param overrides what is different in this one
   * @param beans bound by name
   */
  public static Main create(
      Map<String, String> settings, Map<String, String> overrides, Map<String, Object> beans) {
    var properties = new Properties();
    properties.putAll(settings);
    properties.putAll(overrides);
    // the settings have what the environment says, and what is not to be taken from there
    properties.put(
        "camel.component.properties.environmentVariableMode",
        String.valueOf(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK));
    var main = new Main();
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    main.setPropertyPlaceholderLocations("false"); // the settings are read already
    main.setOverrideProperties(properties);
    beans.forEach(main::bind);
    return main;
  }
}
