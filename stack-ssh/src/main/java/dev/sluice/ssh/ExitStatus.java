package dev.sluice.ssh;

/** How a remote command ended (RFC 4254 section 6.10). */
public sealed interface ExitStatus {

  /** Whether the command succeeded. */
  boolean isSuccess();

  static ExitStatus of(int code) {
    return new Code(code);
  }

  /**
   * The command ended by itself.
   *
   * @param code uint32; 0 = success
   */
  record Code(int code) implements ExitStatus {
    @Override
    public boolean isSuccess() {
      return code == 0;
    }
  }

  /**
   * A signal ended the command.
   *
   * @param name without SIG
   * @param message for people, safe to show
   */
  record Signal(String name, boolean coreDumped, String message) implements ExitStatus {
    @Override
    public boolean isSuccess() {
      return false;
    }
  }
}
