package dev.sluice.ssh;

import java.util.List;

/**
 * What a server asks the user (RFC 4256 section 3.2). The texts come from the server: show them as
 * untrusted text.
 *
 * @param name a title; may be empty
 * @param instruction may be empty
 * @param prompts each is to be answered, in this order; may be empty
 */
public record Questions(String name, String instruction, List<Prompt> prompts) {
  public Questions {
    prompts = List.copyOf(prompts);
  }

  /**
   * A question.
   *
   * @param echo whether the answer may be seen while it is typed
   */
  public record Prompt(String text, boolean echo) {}
}
