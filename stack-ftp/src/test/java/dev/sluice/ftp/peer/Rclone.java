package dev.sluice.ftp.peer;

import dev.sluice.test.peer.Peers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * rclone with its FTP backend, which knows no active mode.
 *
 * @param target where to
 */
public record Rclone(FtpTarget target) implements ClientPeer {

  /** Refuses a target in active mode. */
  public Rclone {
    if (target.active()) {
      throw new IllegalArgumentException("rclone knows no active mode");
    }
  }

  @Override
  public String name() {
    return "rclone";
  }

  @Override
  public ProgramRun list(String directory) {
    return run("lsl", "--max-depth", "1", remote(directory));
  }

  @Override
  public ProgramRun download(String remote, Path local) {
    return run("copyto", remote(remote), local.toString());
  }

  @Override
  public ProgramRun upload(Path local, String remote) {
    return run("copyto", local.toString(), remote(remote));
  }

  /** Makes a local directory the same as a remote one. */
  public ProgramRun syncDown(String remote, Path local) {
    return run("sync", remote(remote), local.toString());
  }

  /** Makes a remote directory the same as a local one. */
  public ProgramRun syncUp(Path local, String remote) {
    return run("sync", local.toString(), remote(remote));
  }

  /** A path on the server as rclone names it. */
  public static String remote(String path) {
    return ":ftp:" + path;
  }

  /** Runs one rclone command with the options for the target, once and without second tries. */
  public ProgramRun run(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Peers.program("rclone").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--config", "", "--retries", "1", "--low-level-retries", "1"));
    command.addAll(List.of("--ftp-host", target.bracketedHost()));
    command.addAll(List.of("--ftp-port", Integer.toString(target.port())));
    command.addAll(List.of("--ftp-user", target.user(), "--ftp-pass", obscuredPassword()));
    if (target.tls() == null) {
      return Program.run(command, "", target.deadline());
    }
    command.add(target.tls().implicit() ? "--ftp-tls" : "--ftp-explicit-tls");
    Map<String, String> trust = Map.of("SSL_CERT_FILE", target.tls().authority().toString());
    return Program.run(command, "", target.deadline(), trust);
  }

  private String obscuredPassword() {
    List<String> command =
        List.of(Peers.program("rclone").toString(), "obscure", target.password());
    return Program.run(command, "", target.deadline()).requireSuccess().stdout().strip();
  }
}
