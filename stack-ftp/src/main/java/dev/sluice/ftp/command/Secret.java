package dev.sluice.ftp.command;

/** A command whose argument is never shown: {@code PASS}, {@code ACCT}. */
public record Secret(Verb verb, String secret) implements FtpCommand {

  static Secret decode(Verb verb, String argument) {
    return new Secret(verb, argument);
  }

  @Override
  public String argument() {
    return secret;
  }

  @Override
  public String describe() {
    return verb + " ****";
  }

  @Override
  public String toString() {
    return "Secret[" + describe() + "]";
  }
}
