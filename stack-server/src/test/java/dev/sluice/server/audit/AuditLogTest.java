package dev.sluice.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.observe.SessionRef;
import dev.sluice.server.config.AuditConfig;
import dev.sluice.server.config.Octets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of an audit: rotation, and disks that take nothing. */
final class AuditLogTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir private Path directory;

  @Test
  void aFullFileIsPutAsideAndAsManyAreKeptAsTheDocumentSays() throws Exception {
    AuditLog log = log("audit", 400, null, 2, START);
    for (int i = 0; i < 20; i++) {
      log.add(event("user" + i));
      log.flushed().block(PATIENCE);
    }
    assertThat(names()).containsExactly("audit", "audit.1", "audit.2");
    assertThat(read("audit")).contains("user19");
    assertThat(Files.size(directory.resolve("audit.1"))).isBetween(200L, 400L);
    assertThat(read("audit.1")).endsWith("}\n");
  }

  @Test
  void anOldFileIsPutAsideAlsoAfterARestart() throws Exception {
    write(log("audit", 100_000, Duration.ofDays(1), 3, START), "early");
    write(log("audit", 100_000, Duration.ofDays(1), 3, START.plusSeconds(86_000)), "same");
    write(log("audit", 100_000, Duration.ofDays(1), 3, START.plusSeconds(86_400)), "late");

    assertThat(read("audit.1")).contains("early", "same");
    assertThat(read("audit")).contains("late").doesNotContain("early");
  }

  @Test
  void aFileThatAnotherProgramHasMovedAwayIsBegunAgain() throws Exception {
    AuditLog log = log("audit", 100_000, null, 3, START);
    write(log, "one");
    Files.move(directory.resolve("audit"), directory.resolve("moved"));
    write(log, "two");
    assertThat(read("audit")).contains("two").doesNotContain("one");
  }

  @Test
  void lostLinesAreCountedReportedAndWrittenDownWhenTheDiskTakesThemAgain() throws Exception {
    Path gone = directory.resolve("gone");
    AuditLog log = log("gone/audit", 100_000, null, 3, START);
    write(log, "one");
    write(log, "two");
    assertThat(log.lost()).isEqualTo(2);
    assertThat(log.trouble()).hasValueSatisfying(it -> assertThat(it).contains("2 lines are lost"));

    Files.createDirectory(gone);
    write(log, "three");

    List<String> lines = Files.readAllLines(gone.resolve("audit"));
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("\"event\":\"lost\",\"lines\":2}");
    assertThat(lines.get(1)).contains("three");
    assertThat(log.trouble()).isEmpty();
  }

  @Test
  void aFloodOfEventsLosesNoneInSilence() throws Exception {
    AuditLog log = new AuditLog(config("audit", 100_000_000, null, 1), Clock.systemUTC(), 50);
    for (int i = 0; i < 20_000; i++) {
      log.add(event("user" + i));
    }
    log.flushed().block(PATIENCE);
    long written =
        Files.readAllLines(directory.resolve("audit")).stream()
            .filter(it -> it.contains("user"))
            .count();
    long reported =
        Files.readAllLines(directory.resolve("audit")).stream()
            .filter(it -> it.contains("\"lost\""))
            .mapToLong(it -> Long.parseLong(it.replaceAll(".*\"lines\":([0-9]+).*", "$1")))
            .sum();
    assertThat(written + reported).isEqualTo(20_000);
    assertThat(reported).isEqualTo(log.lost());
  }

  private static void write(AuditLog log, String user) {
    log.add(event(user));
    log.flushed().block(PATIENCE);
  }

  private static AuditEvent event(String user) {
    InetSocketAddress peer = new InetSocketAddress("192.0.2.7", 4711);
    SessionRef session = SessionRef.of(SessionRef.Role.SERVER, "sftp", peer).withUser(user);
    return AuditEvent.of(START, AuditEvent.Kind.LOGIN, session, user, AuditEvent.OK, null);
  }

  private AuditLog log(String name, int rotateAt, @Nullable Duration after, int keep, Instant now) {
    return new AuditLog(
        config(name, rotateAt, after, keep), Clock.fixed(now, ZoneOffset.UTC), 1000);
  }

  private AuditConfig config(String name, int rotateAt, @Nullable Duration after, int keep) {
    return new AuditConfig(
        directory.resolve(name), AuditConfig.Format.JSON, new Octets(rotateAt), after, keep);
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }

  private String read(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }
}
