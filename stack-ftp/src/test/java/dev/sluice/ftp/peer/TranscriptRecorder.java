package dev.sluice.ftp.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Records how the real servers answer, for the tests that replay it against the client's core.
 *
 * <p>Run {@code main} with the directory to write to, {@code src/test/resources/transcripts}; each
 * scenario of {@link TranscriptScenarios} becomes one file below the server's name. Ports and times
 * in it change with every recording.
 */
final class TranscriptRecorder {
  private TranscriptRecorder() {}

  /** Records everything, or only the servers named after the directory. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    for (Map.Entry<String, Function<PeerOptions, ServerPeer>> entry : servers().entrySet()) {
      if (isWanted(entry.getKey(), arguments)) {
        record(entry.getValue(), directory.resolve(entry.getKey()));
      }
    }
    System.exit(0); // Apache FtpServer leaves threads behind that would keep the process
  }

  private static boolean isWanted(String name, String[] arguments) {
    return arguments.length == 1 || List.of(arguments).indexOf(name) > 0;
  }

  private static Map<String, Function<PeerOptions, ServerPeer>> servers() {
    Map<String, Function<PeerOptions, ServerPeer>> servers = new LinkedHashMap<>();
    servers.put("vsftpd", Vsftpd::start);
    servers.put("proftpd", ProFtpd::start);
    servers.put("pure-ftpd", PureFtpd::start);
    servers.put("pyftpdlib", Pyftpdlib::start);
    servers.put("apache", ApacheFtpServer::new);
    return servers;
  }

  private static void record(Function<PeerOptions, ServerPeer> start, Path directory)
      throws IOException {
    Files.createDirectories(directory);
    try (ServerPeer server = start.apply(PeerOptions.DEFAULT)) {
      for (TranscriptScenarios.Named scenario : TranscriptScenarios.all()) {
        recordOne(server, scenario, directory);
      }
    }
    try (ServerPeer server = start.apply(PeerOptions.DEFAULT.idleAfter(2))) {
      recordOne(server, TranscriptScenarios.idle(), directory);
    }
  }

  private static void recordOne(
      ServerPeer server, TranscriptScenarios.Named scenario, Path directory) throws IOException {
    TranscriptScenarios.prepare(server);
    try (RecordedSession session = new RecordedSession(server)) {
      session.note(server.name() + ": " + scenario.title());
      try {
        scenario.play().on(server, session);
      } finally {
        Files.writeString(directory.resolve(scenario.file() + ".txt"), session.record());
      }
    } catch (IOException | RuntimeException e) {
      throw new PeerFailure(scenario + " on " + server.name() + ": " + server.log(), e);
    }
    System.out.println(server.name() + " " + scenario.file());
  }
}
