package dev.sluice.bench.suite.contender;

import dev.sluice.bench.suite.worker.Arena;
import dev.sluice.bench.suite.worker.Endpoint;
import dev.sluice.ftp.peer.Lftp;
import dev.sluice.ftp.peer.ProgramRun;
import dev.sluice.test.peer.Peers;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * lftp, from the start of its process to its end.
 *
 * @param name in tables
 * @param connections for directories
 */
record LftpClient(String name, int connections) implements Client {

  @Override
  public String missing() {
    return Peers.whyMissing("lftp");
  }

  @Override
  public Running start(Arena arena) {
    return new RunningLftp(connections);
  }

  private record RunningLftp(int connections) implements Running {

    @Override
    public Spent down(Endpoint server, String remote, Path local) {
      return timed(() -> lftp(server).download(remote, local));
    }

    @Override
    public Spent up(Endpoint server, Path local, String remote) {
      return timed(() -> lftp(server).upload(local, remote));
    }

    @Override
    public Spent manyDown(Endpoint server, String remote, Path local, int count) {
      return timed(() -> lftp(server).mirrorDown(remote, local, connections));
    }

    @Override
    public Spent manyUp(Endpoint server, Path local, String remote, int count) {
      return timed(() -> lftp(server).mirrorUp(local, remote, connections));
    }

    @Override
    public void close() {
      // Nothing runs on.
    }

    private static Lftp lftp(Endpoint server) {
      return new Lftp(FtpTargets.of(server));
    }

    private static Spent timed(Supplier<ProgramRun> run) {
      double before = ProcessMeter.endedCpuSeconds();
      ProgramRun ended = run.get().requireSuccess();
      return new Spent(ended.took().toNanos() / 1e9, ProcessMeter.endedCpuSeconds() - before);
    }
  }
}
