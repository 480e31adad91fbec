package dev.sluice.bench.suite.contender;

import dev.sluice.bench.suite.worker.Arena;
import dev.sluice.bench.suite.worker.Endpoint;
import dev.sluice.bench.suite.worker.Protocol;
import dev.sluice.ftp.peer.Curl;
import dev.sluice.ftp.peer.ProgramRun;
import dev.sluice.test.peer.Peers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** curl; the login ends where its own trace shows the request for the transfer. */
record CurlClient() implements Client {
  private static final Pattern TRACED = Pattern.compile("(\\d\\d):(\\d\\d):([\\d.]+) (.*)");
  private static final double DAY_SECONDS = 24 * 60 * 60;

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

  private record RunningCurl() implements Running {

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

    private static Spent run(Endpoint server, String how, String local, String remote) {
      Curl curl = new Curl(FtpTargets.of(server));
      double before = ProcessMeter.endedCpuSeconds();
      ProgramRun run =
          curl.run(
                  "--tlsv1.3",
                  "--tls13-ciphers",
                  Protocol.TLS_SUITE,
                  "--verbose",
                  "--trace-time",
                  "--write-out",
                  "%{time_total}",
                  how,
                  local,
                  curl.url(remote))
              .requireSuccess();
      double cpu = ProcessMeter.endedCpuSeconds() - before;
      return new Spent(Double.parseDouble(run.stdout().strip()) - login(run.stderr()), cpu);
    }

    /** Seconds from the first line of a trace to the command that asks for a data connection. */
    private static double login(String trace) {
      List<Matcher> lines = trace.lines().map(TRACED::matcher).filter(Matcher::matches).toList();
      Matcher asked =
          lines.stream()
              .filter(line -> line.group(4).startsWith("> EPSV"))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no EPSV in curl's trace"));
      double seconds = time(asked) - time(lines.get(0));
      return seconds < 0 ? seconds + DAY_SECONDS : seconds;
    }

    private static double time(Matcher line) {
      return 60.0 * (60 * Integer.parseInt(line.group(1)) + Integer.parseInt(line.group(2)))
          + Double.parseDouble(line.group(3));
    }
  }
}
