package dev.sluice.bench.suite.report;

import com.jcraft.jsch.JSch;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.schmizz.sshj.sftp.SFTPClient;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.sshd.server.SshServer;
import reactor.core.publisher.Mono;

/** What the figures were measured on and with. */
final class Machine {
  private static final int PATIENCE_SECONDS = 10;

  private Machine() {}

  /** Lines of {@code name: value}. */
  static List<String> describe() {
    List<String> lines = new ArrayList<>();
    lines.add("processor: " + processor());
    lines.add("memory: " + value("/proc/meminfo", "MemTotal:"));
    lines.add("kernel: Linux " + text("/proc/sys/kernel/osrelease"));
    lines.add("congestion control: " + text("/proc/sys/net/ipv4/tcp_congestion_control"));
    lines.add(
        "JDK: %s %s"
            .formatted(System.getProperty("java.vm.name"), System.getProperty("java.vm.version")));
    lines.add("programs: " + String.join(", ", programs()));
    lines.add("libraries: " + String.join(", ", libraries()));
    return lines;
  }

  private static String processor() {
    return Runtime.getRuntime().availableProcessors()
        + " × "
        + value("/proc/cpuinfo", "model name\t:");
  }

  private static List<String> programs() {
    List<String> versions = new ArrayList<>();
    for (String name :
        List.of("curl", "lftp", "vsftpd", "proftpd-core", "pure-ftpd", "openssh-server")) {
      installed(name).ifPresent(version -> versions.add(name + " " + version));
    }
    return versions;
  }

  /** As installed, or as the packages that were only unpacked would be. */
  private static Optional<String> installed(String name) {
    Optional<String> installed = firstLine("dpkg-query", "-W", "-f", "${Version}", name);
    return installed.isPresent()
        ? installed
        : firstLine(
            "sh", "-c", "apt-cache policy " + name + " | awk '$1 == \"Candidate:\" { print $2 }'");
  }

  /** By the names of their files, which end in versions. */
  private static List<String> libraries() {
    return Stream.of(
            FTPClient.class,
            FtpServerFactory.class,
            SshServer.class,
            SFTPClient.class,
            JSch.class,
            EventLoop.class,
            Mono.class)
        .map(Machine::file)
        .toList();
  }

  private static String file(Class<?> type) {
    String path = type.getProtectionDomain().getCodeSource().getLocation().getPath();
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("[.]jar$", "");
  }

  private static Optional<String> firstLine(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String line =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0 && !line.isEmpty()
          ? line.lines().findFirst()
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static String value(String file, String name) {
    return text(file)
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT)))
        .map(line -> line.substring(name.length()).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
