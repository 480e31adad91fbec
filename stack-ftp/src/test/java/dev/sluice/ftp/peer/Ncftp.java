package dev.sluice.ftp.peer;

import dev.sluice.test.peer.Peers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs of NcFTP: ncftpls, ncftpget and ncftpput. They know no IPv6.
 *
 * @param target where to
 */
public record Ncftp(FtpTarget target) implements ClientPeer {

  /** Refuses a target that the programs cannot reach. */
  public Ncftp {
    if (target.isIpv6()) {
      throw new IllegalArgumentException("ncftp knows no IPv6: " + target.host());
    }
  }

  @Override
  public String name() {
    return "ncftp";
  }

  @Override
  public ProgramRun list(String directory) {
    String slashed = directory.endsWith("/") ? directory : directory + "/";
    return run("ncftpls", List.of("-l", target.url(slashed)));
  }

  @Override
  public ProgramRun download(String remote, Path local) {
    List<String> arguments = List.of("-V", "-Z", "-C", target.host(), remote, local.toString());
    return run("ncftpget", arguments);
  }

  @Override
  public ProgramRun upload(Path local, String remote) {
    List<String> arguments = List.of("-V", "-Z", "-C", target.host(), local.toString(), remote);
    return run("ncftpput", arguments);
  }

  private ProgramRun run(String program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Peers.program("ncftp").resolveSibling(program).toString());
    command.addAll(List.of("-u", target.user(), "-p", target.password()));
    command.addAll(List.of("-P", Integer.toString(target.port()), "-t", "20"));
    command.addAll(List.of("-r", "1", target.active() ? "-E" : "-F"));
    command.addAll(arguments);
    return Program.run(command, "", target.deadline());
  }
}
