package dev.sluice.ftp.peer;

import dev.sluice.test.peer.Peers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Python's ftplib, driven by a small script.
 *
 * @param target where to
 */
public record Ftplib(FtpTarget target) implements ClientPeer {

  @Override
  public String name() {
    return "ftplib";
  }

  @Override
  public ProgramRun list(String directory) {
    return run("list", directory);
  }

  /** Prints {@code name;type;size} of each entry that MLSD reports. */
  public ProgramRun facts(String directory) {
    return run("mlsd", directory);
  }

  @Override
  public ProgramRun download(String remote, Path local) {
    return run("get", remote, local.toString());
  }

  @Override
  public ProgramRun upload(Path local, String remote) {
    return run("put", local.toString(), remote);
  }

  /** Starts a download, reads 64 KiB of it, sends ABOR, and then asks for the directory. */
  public ProgramRun abort(String remote) {
    return run("abort", remote);
  }

  private ProgramRun run(String... arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(Peers.program("ftplib").toString(), "-"));
    command.add(target.tls() == null ? "" : target.tls().authority().toString());
    command.addAll(List.of(target.host(), Integer.toString(target.port())));
    command.addAll(List.of(target.user(), target.password()));
    command.add(target.active() ? "active" : "passive");
    command.addAll(List.of(arguments));
    return Program.run(command, Resource.text("ftplib_client.py"), target.deadline());
  }
}
