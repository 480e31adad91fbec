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

  /** The password for {@code url} if nobody has to be asked; null = none. */
  @Nullable String given(RemoteUrl url) {
    String inUrl = url.password();
    return inUrl == null ? variable : inUrl;
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
