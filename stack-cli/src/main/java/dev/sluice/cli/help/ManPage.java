package dev.sluice.cli.help;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
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
    shown(root).forEach(made::command);
    made.end(root);
    return made.page.toString();
  }

  /** The page of the whole that names the pages of the commands. */
  public static String overview(CommandSpec root) {
    ManPage made = new ManPage();
    made.head(root);
    for (CommandSpec command : shown(root)) {
      made.line(".TP");
      made.line(".BR " + escape(pageName(root, command)) + " (1)");
      made.text(command.usageMessage().description());
    }
    made.end(root);
    made.line(".SH FILES");
    made.line(".TP");
    made.line(".I ~/.config/sluice/config.yaml");
    made.text("Bookmarks, and defaults for hosts.");
    return made.page.toString();
  }

  /** The page of one command. */
  public static String of(CommandSpec root, CommandSpec command) {
    ManPage made = new ManPage();
    made.title(root, pageName(root, command));
    made.line(".SH NAME");
    String what = String.join(" ", command.usageMessage().description());
    made.line(escape(pageName(root, command)) + " \\- " + escape(what));
    made.line(".SH SYNOPSIS");
    made.synopsis(command);
    made.line(".SH DESCRIPTION");
    made.text(command.usageMessage().description());
    made.line(".SH OPTIONS");
    made.words(command);
    made.examples(command.usageMessage().footer());
    made.end(root);
    made.line(".SH SEE ALSO");
    made.line(".BR " + escape(root.name()) + " (1)");
    return made.page.toString();
  }

  /** What {@code man} finds a command under, as {@code sluice-sync}. */
  public static String pageName(CommandSpec root, CommandSpec command) {
    return root.name() + "-" + command.name();
  }

  /** The commands that have a page. */
  public static List<CommandSpec> shown(CommandSpec root) {
    return root.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(spec -> !spec.usageMessage().hidden())
        .toList();
  }

  private void examples(String... lines) {
    if (lines.length > 0) {
      line(".SH EXAMPLES");
      line(".nf");
      for (String each : lines) {
        line(escape(each.strip()));
      }
      line(".fi");
    }
  }

  private void end(CommandSpec root) {
    line(".SH EXIT STATUS");
    text(root.usageMessage().footer());
    line(".SH ENVIRONMENT");
    line(".TP");
    line(".B SLUICE_PASSWORD");
    text("The password, where the URL has none.");
    line(".TP");
    line(".B SLUICE_PASSPHRASE");
    text("The passphrase of a private key.");
  }

  private void title(CommandSpec root, String name) {
    String version = String.join(" ", root.version());
    line(".TH " + escape(name.toUpperCase(Locale.ROOT)) + " 1 \"\" " + quoted(version));
    line(".nh"); // an option that is broken in two cannot be copied
  }

  private void head(CommandSpec root) {
    String name = root.name();
    title(root, name);
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
    words(spec);
  }

  private void words(CommandSpec spec) {
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
