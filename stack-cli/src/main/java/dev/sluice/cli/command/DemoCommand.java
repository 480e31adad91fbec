package dev.sluice.cli.command;

import dev.sluice.api.BoundServer;
import dev.sluice.api.FileServer;
import dev.sluice.cli.demo.DemoCase;
import dev.sluice.cli.demo.DemoEcho;
import dev.sluice.cli.demo.DemoFiles;
import dev.sluice.cli.demo.DemoRow;
import dev.sluice.cli.demo.DemoServers;
import dev.sluice.cli.option.OctetCount;
import dev.sluice.cli.serve.GeneratedPassword;
import dev.sluice.cli.serve.SelfSigned;
import dev.sluice.cli.status.ExitStatus;
import dev.sluice.ftp.DataMode;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice demo}: serves to itself over every protocol and shows what arrived. */
@Command(
    name = "demo",
    description =
        "Starts a server on free loopback ports, moves files over every protocol in both"
            + " directions, compares checksums, and removes everything.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  private static final int SMALL_FILES = 200;
  private static final int SMALL_OCTETS = 4096;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      defaultValue = "64m",
      converter = OctetCount.class,
      description = "Size of the big file, such as 64m or 1g (default: ${DEFAULT-VALUE}).")
  private long size;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = out();
    List<DemoRow> rows = new ArrayList<>();
    List<BoundServer> servers = new ArrayList<>();
    Consumer<DemoRow> table =
        row -> {
          rows.add(row);
          out.println(row);
        };
    // The original, the server's copy and the one that comes back.
    try (DemoFiles files = DemoFiles.create(3 * (size + SMALL_FILES * SMALL_OCTETS))) {
      generate(files);
      out.println(
          "files in "
              + files.home()
              + ", "
              + Runtime.version()
              + " on "
              + Runtime.getRuntime().availableProcessors()
              + " processors");
      out.println();
      out.println(DemoRow.heading());
      DemoServers demo =
          new DemoServers(files, GeneratedPassword.next(), SelfSigned.generate(), hostKey());
      try {
        for (DemoCase each : cases(demo, servers)) {
          each.run(size, SMALL_FILES, SMALL_OCTETS, table);
        }
        new DemoEcho(demo.password()).run(size, demo.hostKey(), table);
      } finally {
        servers.forEach(server -> server.close().block(LIMIT));
      }
    }
    boolean ok = !rows.isEmpty() && rows.stream().allMatch(DemoRow::ok);
    out.println();
    out.println(ok ? "all checksums agree" : "NOT all checksums agree");
    return ok ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private void generate(DemoFiles files) throws IOException {
    files.generate(DemoCase.BIG, size);
    for (int i = 0; i < SMALL_FILES; i++) {
      files.generate("small-" + i, SMALL_OCTETS);
    }
  }

  private static SshKeyPair hostKey() {
    return SshKeyPair.of(Ed25519PrivateKey.generate(new SecureRandom()));
  }

  private static List<DemoCase> cases(DemoServers demo, List<BoundServer> servers) {
    DemoFiles files = demo.files();
    BoundServer four = started(demo.explicit("127.0.0.1"), servers);
    BoundServer implicit = started(demo.implicit("127.0.0.1"), servers);
    List<DemoCase> cases = new ArrayList<>();
    cases.add(new DemoCase("ftp passive IPv4", demo.client(four), files));
    cases.add(
        new DemoCase(
            "ftp active IPv4",
            demo.client(four).data(data -> data.withMode(DataMode.active())),
            files));
    if (hasIpv6()) {
      BoundServer six = started(demo.explicit("::1"), servers);
      cases.add(new DemoCase("ftp passive IPv6", demo.client(six), files));
    }
    FtpSecurity explicit = FtpSecurity.explicit(demo.trust());
    cases.add(new DemoCase("ftps explicit", demo.client(four).security(explicit), files));
    cases.add(
        new DemoCase(
            "ftps implicit",
            demo.client(implicit).security(FtpSecurity.implicit(demo.trust())),
            files));
    cases.add(
        new DemoCase("sftp", demo.sftpClient(started(demo.sftp("127.0.0.1"), servers)), files));
    return cases;
  }

  private static BoundServer started(FileServer server, List<BoundServer> servers) {
    BoundServer bound = server.bind().block(LIMIT);
    if (bound == null) {
      throw new IllegalStateException("no server");
    }
    servers.add(bound);
    return bound;
  }

  private static boolean hasIpv6() {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getByAddress(IPV6_LOOPBACK), 0));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private PrintWriter out() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the spec");
    }
    return spec.commandLine().getOut();
  }
}
