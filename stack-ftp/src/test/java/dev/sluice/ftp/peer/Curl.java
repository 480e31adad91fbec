package dev.sluice.ftp.peer;

import dev.sluice.test.peer.Peers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * curl.
 *
 * @param target where to
 */
public record Curl(FtpTarget target) implements ClientPeer {

  @Override
  public String name() {
    return "curl";
  }

  @Override
  public ProgramRun list(String directory) {
    return run(target.url(directory.endsWith("/") ? directory : directory + "/"));
  }

  @Override
  public ProgramRun download(String remote, Path local) {
    return run("--output", local.toString(), target.url(remote));
  }

  @Override
  public ProgramRun upload(Path local, String remote) {
    return run("--upload-file", local.toString(), target.url(remote));
  }

  /** Goes on with a download at the size that the local file has. */
  public ProgramRun resumeDownload(String remote, Path local) {
    return run("--continue-at", "-", "--output", local.toString(), target.url(remote));
  }

  /** Goes on with an upload at the size that the remote file has. */
  public ProgramRun resumeUpload(Path local, String remote) {
    return run("--continue-at", "-", "--upload-file", local.toString(), target.url(remote));
  }

  /** The URL of a path on the target, for {@link #run}. */
  public String url(String path) {
    return target.url(path);
  }

  /** Runs curl with these arguments after those for the login, the mode and plain errors. */
  public ProgramRun run(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Peers.program("curl").toString(),
                "--disable",
                "--silent",
                "--show-error",
                "--globoff",
                "--path-as-is",
                "--user",
                target.user() + ":" + target.password()));
    if (target.active()) {
      command.addAll(List.of("--ftp-port", "-"));
    }
    if (target.tls() != null) {
      command.addAll(List.of("--ssl-reqd", "--cacert", target.tls().authority().toString()));
    }
    command.addAll(List.of(arguments));
    return Program.run(command, "", target.deadline());
  }
}
