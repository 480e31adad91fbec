package dev.sluice.bench.suite.contender;

import dev.sluice.bench.suite.worker.Arena;
import dev.sluice.bench.suite.worker.Endpoint;
import dev.sluice.ssh.peer.Run;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * OpenSSH's sftp with a batch of commands. It does not report when the login ended, so a session
 * without a transfer is timed before each and subtracted, unless the whole process counts.
 *
 * @param whole whether all of the process counts
 */
record OpenSshClient(boolean whole) implements Client {
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  @Override
  public String name() {
    return "sftp";
  }

  @Override
  public String missing() {
    return Peers.whyMissing("sftp");
  }

  @Override
  public Running start(Arena arena) throws IOException {
    return new RunningSftp(arena.directory("sftp"), whole);
  }

  private static final class RunningSftp implements Running {
    private final Path home;
    private final boolean whole;
    private double emptySeconds;

    RunningSftp(Path home, boolean whole) {
      this.home = home;
      this.whole = whole;
    }

    @Override
    public void prepare(Endpoint server) {
      emptySeconds = 0;
      if (!whole) {
        emptySeconds = run(server, "pwd").seconds();
      }
    }

    @Override
    public Spent down(Endpoint server, String remote, Path local) {
      return run(server, "get " + remote + " " + local);
    }

    @Override
    public Spent up(Endpoint server, Path local, String remote) {
      return run(server, "put " + local + " " + remote);
    }

    @Override
    public Spent manyDown(Endpoint server, String remote, Path local, int count) {
      return run(server, "lcd " + local + "\nget " + remote + "/*");
    }

    @Override
    public Spent manyUp(Endpoint server, Path local, String remote, int count) {
      return run(server, "cd " + remote + "\nput " + local + "/*");
    }

    @Override
    public void close() {
      try {
        Arena.delete(home);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Spent run(Endpoint server, String commands) {
      try {
        Path batch = Files.writeString(home.resolve("batch"), commands + "\n");
        double before = ProcessMeter.endedCpuSeconds();
        long begun = System.nanoTime();
        Run.of(command(server, batch), Path.of("/dev/null"), home, DEADLINE).requireSuccess();
        double seconds = (System.nanoTime() - begun) / 1e9;
        double cpu = ProcessMeter.endedCpuSeconds() - before;
        // Never nothing: the empty session may have been held up.
        return new Spent(Math.max(seconds - emptySeconds, seconds / 10), cpu);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static List<String> command(Endpoint server, Path batch) {
      return List.of(
          Peers.program("sftp").toString(),
          "-q",
          "-b",
          batch.toString(),
          "-F",
          "none",
          "-P",
          Integer.toString(server.port()),
          "-i",
          server.trust(),
          "-o",
          "IdentitiesOnly=yes",
          "-o",
          "StrictHostKeyChecking=no",
          "-o",
          "UserKnownHostsFile=/dev/null",
          "-o",
          "LogLevel=ERROR",
          "-o",
          "Ciphers=aes128-gcm@openssh.com",
          "-o",
          "KexAlgorithms=curve25519-sha256",
          server.user() + "@" + server.host());
    }
  }
}
