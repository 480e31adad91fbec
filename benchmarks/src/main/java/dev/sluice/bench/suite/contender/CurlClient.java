package dev.sluice.bench.suite.contender;

import dev.sluice.bench.suite.worker.Endpoint;
import dev.sluice.ftp.peer.Curl;
import dev.sluice.ftp.peer.Peers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * curl. It tells when the data began, but not when the login ended: a session without a transfer is
 * timed before each, and taken off.
 */
record CurlClient() implements Client {
  private static final String TIMES = "%{time_total} %{time_pretransfer}";

  @Override
  public String name() {
    return "curl";
  }

  @Override
  public String missing() {
    return Peers.whyMissing("curl");
  }

  @Override
  public Running start(Arena arena) {
    return new RunningCurl();
  }

  private static final class RunningCurl implements Running {
    private double emptySeconds;

    @Override
    public void prepare(Endpoint server) {
      emptySeconds = times(server, "--head", "--output", "/dev/null", "/").get(0);
    }

    @Override
    public Spent down(Endpoint server, String remote, Path local) {
      return run(server, "--output", local.toString(), remote);
    }

    @Override
    public Spent up(Endpoint server, Path local, String remote) {
      return run(server, "--upload-file", local.toString(), remote);
    }

    @Override
    public Spent manyDown(Endpoint server, String remote, Path local, int count) {
      throw new UnsupportedOperationException("curl copies no directories");
    }

    @Override
    public Spent manyUp(Endpoint server, Path local, String remote, int count) {
      throw new UnsupportedOperationException("curl copies no directories");
    }

    @Override
    public void close() {
      // Nothing runs on.
    }

    private Spent run(Endpoint server, String how, String local, String remote) {
      double before = ProcessMeter.endedCpuSeconds();
      List<Double> times = times(server, how, local, remote);
      double cpu = ProcessMeter.endedCpuSeconds() - before;
      // Not less than the data took: the empty session may have been held up.
      double data = times.get(0) - times.get(1);
      return new Spent(Math.max(times.get(0) - emptySeconds, data), cpu);
    }

    /** In all, and until the data began, in seconds; the last argument is the path. */
    private static List<Double> times(Endpoint server, String... arguments) {
      Curl curl = new Curl(FtpTargets.of(server));
      List<String> all = new ArrayList<>(List.of("--tlsv1.3", "--write-out", TIMES));
      all.addAll(List.of(arguments).subList(0, arguments.length - 1));
      all.add(curl.url(arguments[arguments.length - 1]));
      String told = curl.run(all.toArray(String[]::new)).requireSuccess().stdout();
      return List.of(told.strip().split(" ", -1)).stream().map(Double::valueOf).toList();
    }
  }
}
