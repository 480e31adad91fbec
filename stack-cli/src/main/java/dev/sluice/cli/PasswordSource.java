package dev.sluice.cli;

import dev.sluice.api.RemotePath;
import org.jspecify.annotations.Nullable;

/** Where the password of a URL comes from: the URL, {@code SLUICE_PASSWORD}, or a prompt. */
final class PasswordSource {
  static final String VARIABLE = "SLUICE_PASSWORD";

  private final @Nullable String variable;
  private final Prompt prompt;

  PasswordSource(@Nullable String variable, Prompt prompt) {
    this.variable = variable;
    this.prompt = prompt;
  }

  /** The variable of this process and its terminal. */
  static PasswordSource ofProcess() {
    return new PasswordSource(System.getenv(VARIABLE), Terminal::askPassword);
  }

  /** The password for {@code url}, which names a user. */
  String passwordFor(RemoteUrl url) {
    String inUrl = url.password();
    if (inUrl != null) {
      return inUrl;
    }
    if (variable != null) {
      return variable;
    }
    String typed = prompt.ask("Password for " + url.at(RemotePath.root()) + ": ");
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
