package dev.sluice.ftp.peer;

import dev.sluice.test.peer.Peers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Programs that speak TLS and no FTP: what they are given as input is said behind the handshake.
 *
 * @param target where to, with TLS
 */
public record TlsProbe(FtpTarget target) {

  /** Runs {@code openssl s_client}; lines of the input end with CR LF. */
  public ProgramRun openssl(String input, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Peers.program("openssl").toString(),
                "s_client",
                "-connect",
                target.bracketedHost() + ":" + target.port(),
                "-crlf",
                "-ign_eof",
                "-verify_return_error",
                "-CAfile",
                security().authority().toString()));
    if (!security().implicit()) {
      command.addAll(List.of("-starttls", "ftp"));
    }
    command.addAll(List.of(arguments));
    return Program.run(command, input, target.deadline());
  }

  /** Runs {@code gnutls-cli}; lines of the input end with CR LF. */
  public ProgramRun gnutls(String input, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Peers.program("gnutls").toString(),
                "--crlf",
                "--port",
                Integer.toString(target.port()),
                "--x509cafile",
                security().authority().toString()));
    if (!security().implicit()) {
      command.add("--starttls-proto=ftp");
    }
    command.addAll(List.of(arguments));
    command.add(target.host());
    return Program.run(command, input, target.deadline());
  }

  /**
   * Runs {@code testssl}, which takes minutes.
   *
   * @param report where its findings go, one JSON object each
   */
  public ProgramRun testssl(Path report, String... checks) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Peers.program("testssl").toString(),
                "--quiet",
                "--color=0",
                "--warnings=off",
                "--add-ca=" + security().authority(),
                "--jsonfile=" + report));
    if (!security().implicit()) {
      command.add("--starttls=ftp");
    }
    command.addAll(List.of(checks));
    command.add(target.bracketedHost() + ":" + target.port());
    return Program.run(command, "", target.deadline());
  }

  private FtpTarget.Security security() {
    if (target.tls() == null) {
      throw new IllegalArgumentException("a target without TLS");
    }
    return target.tls();
  }
}
