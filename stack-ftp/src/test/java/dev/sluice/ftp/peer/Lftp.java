package dev.sluice.ftp.peer;

import dev.sluice.test.peer.Peers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * lftp.
 *
 * @param target where to
 */
public record Lftp(FtpTarget target) implements ClientPeer {

  @Override
  public String name() {
    return "lftp";
  }

  @Override
  public ProgramRun list(String directory) {
    return run("ls " + quoted(directory));
  }

  @Override
  public ProgramRun download(String remote, Path local) {
    return run("get " + quoted(remote) + " -o " + quoted(local.toString()));
  }

  @Override
  public ProgramRun upload(Path local, String remote) {
    return run("put " + quoted(local.toString()) + " -o " + quoted(remote));
  }

  /** Copies what is new or different below a remote directory to this disk. */
  public ProgramRun mirrorDown(String remote, Path local, int parallel) {
    return run(mirror("", parallel) + quoted(remote) + " " + quoted(local.toString()));
  }

  /** Copies what is new or different below a local directory to the server. */
  public ProgramRun mirrorUp(Path local, String remote, int parallel) {
    return run(mirror("--reverse ", parallel) + quoted(local.toString()) + " " + quoted(remote));
  }

  /** Runs commands of lftp's own language, after those that set it up and log it in. */
  public ProgramRun run(String commands) {
    String script =
        String.join(
            "\n",
            "set cmd:fail-exit true",
            "set xfer:clobber true",
            security(),
            "set ftp:passive-mode " + !target.active(),
            "set net:max-retries 1",
            "set net:timeout 20",
            "open --user "
                + quoted(target.user())
                + " --env-password -p "
                + target.port()
                + " "
                + target.scheme()
                + target.bracketedHost(),
            commands);
    List<String> command = List.of(Peers.program("lftp").toString(), "--norc", "-c", script);
    return Program.run(command, "", target.deadline(), Map.of("LFTP_PASSWORD", target.password()));
  }

  private String security() {
    return target.tls() == null
        ? "set ftp:ssl-allow false"
        : String.join(
            "\n",
            "set ftp:ssl-force true",
            "set ftp:ssl-protect-data true",
            "set ftp:ssl-protect-list true",
            "set ssl:ca-file " + quoted(target.tls().authority().toString()));
  }

  /** A word of lftp's language, whatever characters are in it. */
  public static String quoted(String word) {
    return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String mirror(String direction, int parallel) {
    return "mirror " + direction + "--no-perms --verbose=0 --parallel=" + parallel + " ";
  }
}
