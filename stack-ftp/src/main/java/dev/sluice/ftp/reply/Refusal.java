package dev.sluice.ftp.reply;

import dev.sluice.ftp.FtpReply;

/**
 * A command that is answered with a negative reply and nothing else. Thrown where the command is
 * read or carried out; without a stack trace, since bad input is a normal case.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient FtpReply reply;

  public Refusal(int code, String text) {
    this(FtpReply.of(code, text));
  }

  public Refusal(FtpReply reply) {
    super(reply.describe(), null, false, false);
    this.reply = reply;
  }

  /** 501: the argument cannot be read. */
  public static Refusal syntax(Enum<?> verb, String usage) {
    return new Refusal(501, "Syntax: " + verb + " " + usage);
  }

  public FtpReply reply() {
    return reply;
  }
}
