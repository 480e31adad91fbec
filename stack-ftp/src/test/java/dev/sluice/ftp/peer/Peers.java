package dev.sluice.ftp.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Says which real programs this machine has, and never lets a test be left out in silence.
 *
 * <p>A missing peer prints {@code PEER MISSING: name: reason} on standard error, adds that line to
 * {@code target/missing-peers.txt} (system property {@code sluice.peers.missing}) and aborts the
 * test; with the system property {@code sluice.peers=required} or {@code CI=true} in the
 * environment the test fails instead.
 *
 * <p>The servers that are only unpacked are looked for in the directory of the system property
 * {@code sluice.peers.dir}, else in {@code target/peers} of the working directory or of one above.
 */
public final class Peers {
  private static final Map<String, String> PROGRAMS =
      Map.ofEntries(
          Map.entry("curl", "/usr/bin/curl"),
          Map.entry("lftp", "/usr/bin/lftp"),
          Map.entry("tnftp", "/usr/bin/tnftp"),
          Map.entry("ncftp", "/usr/bin/ncftpget"),
          Map.entry("rclone", "/usr/bin/rclone"),
          Map.entry("ftplib", "/usr/bin/python3"),
          Map.entry("pyftpdlib", "/usr/lib/python3/dist-packages/pyftpdlib/__init__.py"),
          Map.entry("vsftpd", "/usr/sbin/vsftpd"),
          Map.entry("openssl", "/usr/bin/openssl"),
          Map.entry("gnutls", "/usr/bin/gnutls-cli"),
          Map.entry("testssl", "/usr/bin/testssl"));
  private static final Map<String, String> UNPACKED =
      Map.of("proftpd", "usr/sbin/proftpd", "pure-ftpd", "usr/sbin/pure-ftpd");
  private static final Set<String> NEED_ROOT = Set.of("vsftpd", "proftpd", "pure-ftpd");
  private static final int LEVELS_UP = 4;

  private Peers() {}

  /** Goes on when every one of these peers is there; else aborts or fails the test, loudly. */
  public static void require(String... names) {
    for (String name : names) {
      String reason = whyMissing(name);
      if (!reason.isEmpty()) {
        report(name + ": " + reason);
      }
    }
  }

  /** Whether the peer can be used here. */
  public static boolean has(String name) {
    return whyMissing(name).isEmpty();
  }

  /** The program's path; for pyftpdlib that of its library. */
  static Path program(String name) {
    String unpacked = UNPACKED.get(name);
    return unpacked == null ? Path.of(installed(name)) : tree(name).resolve(unpacked);
  }

  /** The directory that a server's packages were unpacked to. */
  static Path tree(String name) {
    return unpackedPeers().resolve(name);
  }

  private static String installed(String name) {
    String path = PROGRAMS.get(name);
    if (path == null) {
      throw new IllegalArgumentException("no peer is called " + name);
    }
    return path;
  }

  /** Why the peer cannot be used here; empty = it can. */
  public static String whyMissing(String name) {
    Path program = program(name);
    if (!Files.exists(program)) {
      return "no " + program + "; run stack-ftp/src/test/scripts/install-peers";
    }
    if (NEED_ROOT.contains(name) && !"root".equals(System.getProperty("user.name"))) {
      return "it must be started by root";
    }
    return "";
  }

  private static Path unpackedPeers() {
    String chosen = System.getProperty("sluice.peers.dir");
    if (chosen != null) {
      return Path.of(chosen);
    }
    Path here = Path.of("").toAbsolutePath();
    Path directory = here;
    for (int level = 0; level < LEVELS_UP && directory != null; level++) {
      if (Files.isDirectory(directory.resolve("target/peers"))) {
        return directory.resolve("target/peers");
      }
      directory = directory.getParent();
    }
    return here.resolve("target/peers");
  }

  private static void report(String missing) {
    String line = "PEER MISSING: " + missing;
    System.err.println(line);
    Path record = Path.of(System.getProperty("sluice.peers.missing", "target/missing-peers.txt"));
    try {
      Files.createDirectories(record.toAbsolutePath().getParent());
      Files.writeString(record, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      Assertions.fail("cannot record in " + record + ": " + line, e);
    }
    if (areRequired()) {
      Assertions.fail(line);
    }
    Assumptions.abort(line);
  }

  private static boolean areRequired() {
    return "required".equals(System.getProperty("sluice.peers"))
        || "true".equals(System.getenv("CI"));
  }
}
