package dev.sluice.test.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Says which real programs this machine has, and never lets a test be left out in silence.
 *
 * <p>A missing peer prints {@code PEER MISSING: name: reason} on standard error, adds that line to
 * {@code target/missing-peers.txt} and aborts the test; with the system property {@code
 * sluice.peers=required} or {@code CI=true} in the environment the test fails instead.
 *
 * <p>The servers that are only unpacked are looked for in the directory of the system property
 * {@code sluice.peers.dir}, else in {@code target/peers} of the working directory or of one above.
 */
public final class Peers {
  /** Files that show that a peer is there; a star stands for a directory. */
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
          Map.entry("testssl", "/usr/bin/testssl"),
          Map.entry("sshd", "/usr/sbin/sshd"),
          Map.entry("ssh", "/usr/bin/ssh"),
          Map.entry("sftp", "/usr/bin/sftp"),
          Map.entry("ssh-keygen", "/usr/bin/ssh-keygen"),
          Map.entry("ssh-agent", "/usr/bin/ssh-agent"),
          Map.entry("ssh-add", "/usr/bin/ssh-add"),
          Map.entry("sshpass", "/usr/bin/sshpass"),
          Map.entry("sshfs", "/usr/bin/sshfs"),
          Map.entry("fuse", "/dev/fuse"),
          Map.entry("dropbear", "/usr/sbin/dropbear"),
          Map.entry("dbclient", "/usr/bin/dbclient"),
          Map.entry("plink", "/usr/bin/plink"),
          Map.entry("psftp", "/usr/bin/psftp"),
          Map.entry("puttygen", "/usr/bin/puttygen"),
          Map.entry("paramiko", "/usr/lib/python3/dist-packages/paramiko/__init__.py"),
          Map.entry("asyncssh", "/usr/lib/python3/dist-packages/asyncssh/__init__.py"),
          Map.entry("haproxy", "/usr/sbin/haproxy"),
          Map.entry("fail2ban", "/usr/bin/fail2ban-regex"),
          Map.entry("chromium", "/usr/bin/chromium"),
          Map.entry("chromedriver", "/usr/bin/chromedriver"),
          Map.entry("bash", "/bin/bash"),
          Map.entry("fish", "/usr/bin/fish"),
          Map.entry("postgresql", "/usr/lib/postgresql/*/bin/postgres"));

  /** Programs that are unpacked and not installed, below the directory of their name. */
  private static final Map<String, String> UNPACKED =
      Map.of("proftpd", "usr/sbin/proftpd", "pure-ftpd", "usr/sbin/pure-ftpd");

  private static final Set<String> NEED_ROOT =
      Set.of("vsftpd", "proftpd", "pure-ftpd", "sshd", "dropbear", "postgresql");
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

  /** The program's path; for a library of Python that of its first file. */
  public static Path program(String name) {
    String unpacked = UNPACKED.get(name);
    if (unpacked != null) {
      return tree(name).resolve(unpacked);
    }
    String path = PROGRAMS.get(name);
    if (path == null) {
      throw new IllegalArgumentException("no peer is called " + name);
    }
    int star = path.indexOf("/*/");
    return star < 0 ? Path.of(path) : newest(path.substring(0, star), path.substring(star + 3));
  }

  /** A version of a program that Debian installs into a directory of its own. */
  private static Path newest(String directory, String below) {
    try (Stream<Path> versions = Files.list(Path.of(directory))) {
      return versions
          .map(version -> version.resolve(below))
          .filter(Files::exists)
          .max(Comparator.naturalOrder())
          .orElse(Path.of(directory, "*", below));
    } catch (IOException e) {
      return Path.of(directory, "*", below);
    }
  }

  /** Whether the peer can be used here. */
  public static boolean has(String name) {
    return whyMissing(name).isEmpty();
  }

  /** The directory that a program's packages were unpacked to. */
  public static Path tree(String name) {
    return unpackedPeers().resolve(name);
  }

  /** Why the peer cannot be used here; empty = it can. */
  public static String whyMissing(String name) {
    if (!Files.exists(program(name))) {
      return "no " + program(name) + "; run ./install-peers";
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

  /** What a test needs; where this machine does not give it, aborts or fails the test, loudly. */
  public static <T> T require(Optional<T> given, String otherwise) {
    if (given.isEmpty()) {
      report(otherwise);
    }
    return given.orElseThrow();
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
    if ("required".equals(System.getProperty("sluice.peers"))
        || "true".equals(System.getenv("CI"))) {
      Assertions.fail(line);
    }
    Assumptions.abort(line);
  }
}
