package dev.sluice.server.config;

import dev.sluice.server.config.Node.Spot;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Variables in values: a name in braces after a dollar sign, with {@code :-} and what holds without
 * it if need be. A second dollar sign in front keeps the text as it is.
 */
final class Variables {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  private final Function<String, @Nullable String> environment;

  Variables(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  String replaced(String text, Spot spot, List<Fault> faults) {
    if (!text.contains("${")) {
      return text;
    }
    Matcher found = VARIABLE.matcher(text);
    StringBuilder out = new StringBuilder();
    while (found.find()) {
      found.appendReplacement(out, Matcher.quoteReplacement(value(found, spot, faults)));
    }
    return found.appendTail(out).toString();
  }

  private String value(Matcher found, Spot spot, List<Fault> faults) {
    String name = found.group(1);
    if (name == null) {
      return "${";
    }
    String value = environment.apply(name);
    if (value != null) {
      return value;
    }
    if (found.group(2) != null) {
      return found.group(2);
    }
    String cure = "; set it, or write ${" + name + ":-value}";
    faults.add(
        new Fault(spot.file(), spot.line(), "", "the variable " + name + " is not set" + cure));
    return "";
  }
}
