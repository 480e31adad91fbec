package dev.sluice.cli.help;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page in the language of {@code man} (groff_man(7)), out of what the command line is
 * made of: it cannot be older than that. It names no date, so that a version always prints the
 * same.
 */
public final class ManPage {
  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  public static String of(CommandSpec root) {
    ManPage made = new ManPage();
    made.head(root);
    root.subcommands().values().stream()
        .map(command -> command.getCommandSpec())
        .filter(spec -> !spec.usageMessage().hidden())
        .forEach(made::command);
    made.line(".SH EXIT STATUS");
    made.text(root.usageMessage().footer());
    made.line(".SH ENVIRONMENT");
    made.line(".TP");
    made.line(".B SLUICE_PASSWORD");
    made.text("The password, where the URL has none.");
    return made.page.toString();
  }

  private void head(CommandSpec root) {
    String name = root.name();
    String version = String.join(" ", root.version());
    line(".TH " + name.toUpperCase(Locale.ROOT) + " 1 \"\" " + quoted(version));
    line(".nh"); // an option that is broken in two cannot be copied
    line(".SH NAME");
    line(escape(name) + " \\- " + escape(String.join(" ", root.usageMessage().description())));
    line(".SH SYNOPSIS");
    synopsis(root);
    line(".SH COMMANDS");
  }

  private void command(CommandSpec spec) {
    line(".SS " + quoted(spec.name()));
    synopsis(spec);
    line(".PP");
    text(spec.usageMessage().description());
    spec.positionalParameters().stream()
        .filter(argument -> !argument.hidden())
        .forEach(this::argument);
    spec.options().stream().filter(option -> !option.hidden()).forEach(this::option);
  }

  private void synopsis(CommandSpec spec) {
    Help help = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
    String synopsis = help.abbreviatedSynopsis().strip();
    int end = spec.qualifiedName().length();
    line(".B " + escape(spec.qualifiedName()));
    line(escape(synopsis.substring(Math.min(end, synopsis.length())).strip()));
  }

  private void argument(PositionalParamSpec argument) {
    line(".TP");
    line(".I " + escape(argument.paramLabel()));
    described(argument);
  }

  private void option(OptionSpec option) {
    String names =
        List.of(option.names()).stream()
            .map(name -> "\\fB" + escape(name) + "\\fR")
            .collect(Collectors.joining(", "));
    boolean takesValue = option.arity().max() > 0;
    line(".TP");
    line(takesValue ? names + " \\fI" + escape(option.paramLabel()) + "\\fR" : names);
    described(option);
  }

  private void described(ArgSpec argument) {
    text(argument.description());
  }

  private void text(String... lines) {
    line(escape(String.join(" ", lines).strip().replace("%n", " ").replace("%%", "%")));
  }

  private void line(String line) {
    page.append(line).append('\n');
  }

  private static String quoted(String text) {
    return '"' + escape(text).replace("\"", "\\(dq") + '"';
  }

  /** A line must not begin like a request, and a hyphen must stay the one that is typed. */
  private static String escape(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
