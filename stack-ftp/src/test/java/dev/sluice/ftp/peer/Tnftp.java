package dev.sluice.ftp.peer;

import dev.sluice.test.peer.Peers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * tnftp, the client of NetBSD.
 *
 * <p>{@link #list} feeds it commands, where it always ends with 0: read its output.
 *
 * @param target where to
 */
public record Tnftp(FtpTarget target) implements ClientPeer {

  @Override
  public String name() {
    return "tnftp";
  }

  @Override
  public ProgramRun list(String directory) {
    return script("ls " + quoted(directory));
  }

  @Override
  public ProgramRun download(String remote, Path local) {
    return run("", List.of("-o", local.toString(), target.urlWithLogin(remote)));
  }

  @Override
  public ProgramRun upload(Path local, String remote) {
    return run("", List.of("-u", target.rawUrlWithLogin(remote), local.toString()));
  }

  /** Runs lines of its command language after the login. */
  public ProgramRun script(String... lines) {
    String login = "user " + quoted(target.user()) + " " + quoted(target.password());
    String input =
        "open "
            + target.host()
            + " "
            + target.port()
            + "\n"
            + login
            + "\nbinary\n"
            + String.join("\n", lines)
            + "\nbye\n";
    return run(input, List.of("-n"));
  }

  private static String quoted(String word) {
    return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private ProgramRun run(String input, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Peers.program("tnftp").toString());
    command.add(target.active() ? "-A" : "-p");
    command.addAll(List.of("-i", "-v"));
    command.addAll(arguments);
    return Program.run(command, input, target.deadline());
  }
}
