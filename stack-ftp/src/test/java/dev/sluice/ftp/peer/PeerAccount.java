package dev.sluice.ftp.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The system account that the real servers act as; made on first use, which takes root.
 *
 * <p>It has a fixed password and no shell: nothing but a server that names the PAM service {@value
 * #PAM_SERVICE} lets it in.
 *
 * @param uid its numeric user id
 * @param gid its numeric group id
 */
record PeerAccount(int uid, int gid) {
  static final String NAME = "sluicetest";
  static final String PASSWORD = "Sluice-test-1";
  static final String PAM_SERVICE = "sluicetest-ftp";

  private static final Path PAM_FILE = Path.of("/etc/pam.d", PAM_SERVICE);
  private static final String PAM_RULES =
      "auth required pam_unix.so\naccount required pam_unix.so\nsession required pam_permit.so\n";
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  static synchronized PeerAccount ensure() {
    if (run("", "id", "-u", NAME).exitCode() != 0) {
      create();
    }
    writePamRules();
    return new PeerAccount(number("-u"), number("-g"));
  }

  /** The password as crypt(3) stores it: SHA-512, which every server checks in a millisecond. */
  static String hashedPassword() {
    return run("", "openssl", "passwd", "-6", PASSWORD).requireSuccess().stdout().strip();
  }

  private static void create() {
    ProgramRun added =
        run(
            "",
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--home-dir=/",
            "--shell=/usr/sbin/nologin",
            NAME);
    // Another test JVM may have been faster; then the account is there, which is all we want.
    if (added.exitCode() != 0 && run("", "id", "-u", NAME).exitCode() != 0) {
      throw new PeerFailure("cannot make the account " + NAME + ": " + added);
    }
    run(NAME + ":" + PASSWORD + "\n", "chpasswd").requireSuccess();
  }

  private static void writePamRules() {
    try {
      if (!Files.exists(PAM_FILE) || !Files.readString(PAM_FILE).equals(PAM_RULES)) {
        Files.writeString(PAM_FILE, PAM_RULES);
      }
    } catch (IOException e) {
      throw new PeerFailure("cannot write " + PAM_FILE, e);
    }
  }

  private static int number(String option) {
    return Integer.parseInt(run("", "id", option, NAME).requireSuccess().stdout().strip());
  }

  private static ProgramRun run(String input, String... command) {
    return Program.run(List.of(command), input, DEADLINE);
  }
}
