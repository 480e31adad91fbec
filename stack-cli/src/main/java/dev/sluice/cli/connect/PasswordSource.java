package dev.sluice.cli.connect;

import dev.sluice.api.RemotePath;
import dev.sluice.cli.output.Terminal;
import dev.sluice.cli.place.RemoteUrl;
import dev.sluice.cli.status.UsageError;
import dev.sluice.client.Netrc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the password of a URL comes from: the URL or the configuration, {@code SLUICE_PASSWORD},
 * {@code ~/.netrc}, or a prompt.
 */
final class PasswordSource {
  static final String VARIABLE = "SLUICE_PASSWORD";

  private final @Nullable String variable;
  private final Path netrc;
  private final Prompt prompt;

  /**
   * @param netrc need not be there
   */
  PasswordSource(@Nullable String variable, Path netrc, Prompt prompt) {
    this.variable = variable;
    this.netrc = netrc;
    this.prompt = prompt;
  }

  /** The variable of this process and its terminal. */
  static PasswordSource ofProcess() {
    String named = System.getenv("NETRC");
    Path netrc =
        named == null || named.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".netrc")
            : Path.of(named);
    return new PasswordSource(System.getenv(VARIABLE), netrc, Terminal::askPassword);
  }

  /** The password for {@code url} if nobody has to be asked; null = none. */
  @Nullable String given(RemoteUrl url) {
    String inUrl = url.password();
    if (inUrl != null) {
      return inUrl;
    }
    return variable == null ? inNetrc(url) : variable;
  }

  private @Nullable String inNetrc(RemoteUrl url) {
    String user = url.user();
    if (user == null || !Files.exists(netrc)) {
      return null;
    }
    try {
      return Netrc.read(netrc).find(url.host(), user).map(Netrc.Entry::password).orElse(null);
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageError(String.valueOf(e.getMessage()));
    }
  }

  /** What is typed for {@code url}; null = there is nobody to ask. */
  @Nullable String asked(RemoteUrl url) {
    return prompt.ask("Password for " + url.at(RemotePath.root(), false) + ": ");
  }

  /** The password for {@code url}, which names a user. */
  String passwordFor(RemoteUrl url) {
    String given = given(url);
    if (given != null) {
      return given;
    }
    String typed = asked(url);
    if (typed == null) {
      throw new UsageError(
          "no password for " + url + " and no terminal to ask on; set " + VARIABLE);
    }
    return typed;
  }

  /** Asks a person. */
  @FunctionalInterface
  interface Prompt {
    /** What was typed; null = there is nobody to ask. */
    @Nullable String ask(String question);
  }
}
