package dev.sluice.ssh.peer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The system account that the real servers let in; made on first use, which takes root. */
public final class PeerAccount {
  public static final String NAME = "sluicessh";
  public static final String PASSWORD = "Sluice-test-2";

  private PeerAccount() {}

  static synchronized void ensure(Scratch scratch) {
    if (run(scratch, "", "id", "-u", NAME).exitCode() == 0) {
      return;
    }
    Run added =
        run(
            scratch,
            "",
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--home-dir=/",
            "--shell=/bin/sh",
            NAME);
    if (added.exitCode() != 0 && run(scratch, "", "id", "-u", NAME).exitCode() != 0) {
      throw new PeerFailure("cannot make the account " + NAME + ": " + added);
    }
    run(scratch, NAME + ":" + PASSWORD + "\n", "chpasswd").requireSuccess();
  }

  private static Run run(Scratch scratch, String input, String... command) {
    Path in = scratch.write("account-input", input);
    return Run.of(List.of(command), in, scratch.base(), Duration.ofSeconds(20));
  }
}
