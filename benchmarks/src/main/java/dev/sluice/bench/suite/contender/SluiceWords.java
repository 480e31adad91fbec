package dev.sluice.bench.suite.contender;

import dev.sluice.bench.suite.worker.Endpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The sluice command, started by its launcher.
 *
 * @param sessions for trees; 0 = as many as it opens by itself
 */
record SluiceWords(int sessions) implements Program.Words {
  private static final String LAUNCHER = System.getProperty("sluice.command", "");

  /** Why it cannot be started; empty = it can. */
  static String missing() {
    return LAUNCHER.isEmpty() ? "no -Dsluice.command, which ./sluice bench sets" : "";
  }

  @Override
  public Map<String, String> environment(Endpoint server) {
    return Map.of("SLUICE_PASSWORD", server.password());
  }

  @Override
  public List<String> down(Endpoint server, String remote, Path local) {
    return line("get", server, List.of(url(server, remote), local.toString()));
  }

  @Override
  public List<String> up(Endpoint server, Path local, String remote) {
    return line("put", server, List.of(local.toString(), url(server, remote)));
  }

  @Override
  public List<String> manyDown(Endpoint server, String remote, Path local) {
    return line("sync", server, List.of(url(server, remote), local.toString()));
  }

  @Override
  public List<String> manyUp(Endpoint server, Path local, String remote) {
    return line("sync", server, List.of(local.toString(), url(server, remote)));
  }

  private List<String> line(String command, Endpoint server, List<String> places) {
    List<String> line = new ArrayList<>(List.of(LAUNCHER, command));
    switch (server.protocol()) {
      case FTP -> {}
      case FTPS -> line.addAll(List.of("--tls-ca", server.trust()));
      case SFTP -> line.addAll(List.of("--insecure-host-key", "--identity", server.trust()));
    }
    if (sessions > 0 && command.equals("sync")) {
      line.add("-j" + sessions);
    }
    line.addAll(places);
    return line;
  }

  private static String url(Endpoint server, String path) {
    String scheme =
        switch (server.protocol()) {
          case FTP -> "ftp";
          case FTPS -> "ftpes";
          case SFTP -> "sftp";
        };
    return "%s://%s@%s:%d%s".formatted(scheme, server.user(), server.host(), server.port(), path);
  }
}
