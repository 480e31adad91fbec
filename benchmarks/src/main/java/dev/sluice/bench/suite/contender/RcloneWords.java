package dev.sluice.bench.suite.contender;

import dev.sluice.bench.suite.worker.Endpoint;
import dev.sluice.bench.suite.worker.Protocol;
import dev.sluice.ssh.peer.Run;
import dev.sluice.test.peer.Peers;
import java.nio.file.Path;
import java.util.List;

/**
 * rclone without a configuration.
 *
 * @param transfers at the same time; 4 is its default
 */
record RcloneWords(int transfers) implements Program.Words {

  @Override
  public List<String> down(Endpoint server, String remote, Path local) {
    return line("copyto", at(server, remote), local.toString());
  }

  @Override
  public List<String> up(Endpoint server, Path local, String remote) {
    return line("copyto", local.toString(), at(server, remote));
  }

  @Override
  public List<String> manyDown(Endpoint server, String remote, Path local) {
    return line("copy", at(server, remote), local.toString());
  }

  @Override
  public List<String> manyUp(Endpoint server, Path local, String remote) {
    return line("copy", local.toString(), at(server, remote));
  }

  private List<String> line(String command, String from, String to) {
    return List.of(
        Peers.program("rclone").toString(),
        "--config=/dev/null",
        "--transfers=" + transfers,
        "--checkers=" + Math.max(8, transfers),
        "--multi-thread-streams=0", // with several, what it fetches from vsftpd is another file
        command,
        from,
        to);
  }

  /** A place in the form of a connection string. */
  private static String at(Endpoint server, String path) {
    String place = "host=%s,port=%d,user=%s".formatted(server.host(), server.port(), server.user());
    return server.protocol() == Protocol.SFTP
        ? ":sftp,%s,key_file=%s:%s".formatted(place, server.trust(), path)
        : ":ftp,%s,pass=%s:%s".formatted(place, obscured(server.password()), path);
  }

  private static String obscured(String password) {
    List<String> line = List.of(Peers.program("rclone").toString(), "obscure", password);
    return Run.of(line, Path.of("/tmp")).requireSuccess().stdout().strip();
  }
}
