import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;

/** Starts the Camel CLI, whose jar has no main class: JBang brings one, {@code bin/camel} this. */
class Camel {
  public static void main(String[] arguments) {
    CamelJBangMain.run(arguments);
  }
}
