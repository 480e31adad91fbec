package dev.sluice.ssh;

/** How a remote command has ended (RFC 4254 section 6.10). */
public sealed interface ExitStatus {

  /** Whether it says that all went well. */
  boolean isSuccess();

  static ExitStatus of(int code) {
    return new Code(code);
  }

  /**
   * By itself.
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
   * By a signal.
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
