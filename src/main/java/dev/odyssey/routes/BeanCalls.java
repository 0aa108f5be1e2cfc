package dev.odyssey.routes;

import dev.odyssey.failure.Slip;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.component.bean.BeanInfo;

/**
 * That the beans have the methods which expressions of the route files call: Camel itself would
 * notice at the first job that gets there, and fail it. A bean that is not there it notices.
 * Stateless.
 */
final class BeanCalls {
  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*#.*");
  private static final Pattern CALL = Pattern.compile("\\$\\{bean:([\\w-]+)\\?method=(\\w+)");

  private BeanCalls() {}

  /**
   * @param files the text of every route file, by name
   * @throws IllegalArgumentException naming the file, the bean and the method that it lacks
   */
  static void requireThere(Map<String, String> files, CamelContext context) {
    files.forEach(
        (file, text) ->
            CALL.matcher(COMMENT.matcher(text).replaceAll(""))
                .results()
                .forEach(call -> require(file, call.group(1), call.group(2), context)));
  }

  private static void require(String file, String name, String method, CamelContext context) {
    Object bean = context.getRegistry().lookupByName(name);
    if (bean == null) {
      return;
    }
    var methods = new BeanInfo(context, bean.getClass());
    if (!methods.hasMethod(method)) {
      List<String> names =
          methods.getMethods().stream().map(known -> known.getMethod().getName()).toList();
      String meant =
          Slip.of(method, names, UnaryOperator.identity())
              .map(known -> "; did you mean " + known + "?")
              .orElse("");
      throw new IllegalArgumentException(
          "%s: bean %s has no method %s%s".formatted(file, name, method, meant));
    }
  }
}
