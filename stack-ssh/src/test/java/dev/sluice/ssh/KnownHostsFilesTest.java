package dev.sluice.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.key.trust.KeyText;
import dev.sluice.ssh.key.trust.KnownHosts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Files of host keys that people, OpenSSH and other sessions edit too. */
final class KnownHostsFilesTest {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final String HOST = "host.example";

  @TempDir private Path directory;
  private final SshPublicKey key = key();
  private final SshPublicKey other = key();
  private Path first;
  private Path second;

  @BeforeEach
  void files() {
    first = directory.resolve("known_hosts");
    second = directory.resolve("known_hosts2");
  }

  @Test
  void aKeyThatIsAddedAfterALastLineWithoutAnEndSpoilsNoRecord() throws IOException {
    Files.writeString(first, KnownHosts.line("old.example", 22, other));

    check(HostKeyPolicy.trustOnFirstUse(first), HOST, key);

    assertThat(Files.readAllLines(first))
        .containsExactly(KnownHosts.line("old.example", 22, other), KnownHosts.line(HOST, 22, key));
    assertThatThrownBy(() -> check(HostKeyPolicy.trustOnFirstUse(first), "old.example", key))
        .isInstanceOf(HostKeyRefused.class)
        .hasMessageContaining("known_hosts, line 1");
  }

  @Test
  void manySessionsThatAddAtOnceLoseNoRecord() throws IOException {
    List<String> hosts = IntStream.range(0, 64).mapToObj(i -> "h" + i + ".example").toList();

    Flux.fromIterable(hosts)
        .flatMap(host -> HostKeyPolicy.trustOnFirstUse(first).check(host, 22, key), 64)
        .then()
        .block(WAIT);

    assertThat(Files.readAllLines(first))
        .containsExactlyInAnyOrderElementsOf(
            hosts.stream().map(host -> KnownHosts.line(host, 22, key)).toList());
  }

  @Test
  void aHostThatShowsTwoSessionsTwoKeysAtOnceIsTrustedByOne() {
    HostKeyPolicy slow =
        HostKeyPolicy.confirmed(
            first,
            (host, port, shown) ->
                HostKeyPolicy.trustOnFirstUse(first).check(host, port, other).thenReturn(true));

    assertThatThrownBy(() -> check(slow, HOST, key)).isInstanceOf(HostKeyRefused.class);
    assertThat(first).content().isEqualTo(KnownHosts.line(HOST, 22, other) + "\n");
  }

  @Test
  void theFileAndItsDirectoryAreMadePrivate() throws IOException {
    Path file = directory.resolve("new/known_hosts");

    check(HostKeyPolicy.trustOnFirstUse(file), HOST, key);

    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(mode(file.getParent())).isEqualTo("rwx------");
  }

  @Test
  void aChangedKeyInTheSecondFileRefusesThoughTheFirstKnowsNothing() throws IOException {
    Files.writeString(second, KnownHosts.line(HOST, 22, other) + "\n");

    for (HostKeyPolicy policy : policies(HostRecords.in(first, second))) {
      assertThatThrownBy(() -> check(policy, HOST, key))
          .isInstanceOf(HostKeyRefused.class)
          .hasMessageContaining("known_hosts2, line 1");
    }
    for (HostKeyPolicy policy : policies(HostRecords.in(first).withGlobal(List.of(second)))) {
      assertThatThrownBy(() -> check(policy, HOST, key)).isInstanceOf(HostKeyRefused.class);
    }
    assertThat(first).doesNotExist();
  }

  @Test
  void aKeyThatTheSecondFileRevokesIsRefusedThoughTheFirstTrustsIt() throws IOException {
    Files.writeString(first, KnownHosts.line(HOST, 22, key) + "\n");
    Files.writeString(second, "@revoked * " + KeyText.format(key) + "\r\n");

    for (HostKeyPolicy policy : policies(HostRecords.in(first, second))) {
      assertThatThrownBy(() -> check(policy, HOST, key))
          .isInstanceOf(HostKeyRefused.class)
          .hasMessageContaining("revoked");
    }
  }

  @Test
  void aKeyInAListOfRevokedKeysIsRefused() throws IOException {
    Files.writeString(first, KnownHosts.line(HOST, 22, key) + "\n");
    Files.writeString(second, "# old\n" + KeyText.format(key) + " from the spare disk");

    HostRecords records = HostRecords.in(first).withRevoked(List.of(second));

    for (HostKeyPolicy policy : policies(records)) {
      assertThatThrownBy(() -> check(policy, HOST, key))
          .isInstanceOf(HostKeyRefused.class)
          .hasMessageContaining("revoked in " + second);
    }
    check(HostKeyPolicy.trustOnFirstUse(records), "another.example", other);
  }

  @Test
  void aRevokedKeyIsRefusedThoughItIsPinnedOrAnyoneIsTrusted() throws IOException {
    Files.writeString(second, KeyText.format(key) + "\n");
    for (HostKeyPolicy policy :
        List.of(
            HostKeyPolicy.pinned(key.fingerprint(), other.fingerprint()),
            HostKeyPolicy.dangerouslyTrustAnyone())) {
      HostKeyPolicy unrevoked = policy.unlessRevoked(List.of(second));
      assertThatThrownBy(() -> check(unrevoked, HOST, key))
          .isInstanceOf(HostKeyRefused.class)
          .hasMessageContaining("revoked in " + second);
      check(unrevoked, HOST, other);
      assertThat(unrevoked.mayTrustAnother()).isEqualTo(policy.mayTrustAnother());
    }
    HostKeyPolicy missing = HostKeyPolicy.pinned(key.fingerprint()).unlessRevoked(List.of(first));
    assertThatThrownBy(() -> check(missing, HOST, key)).hasMessageContaining(first.toString());
  }

  @Test
  void aListOfRevokedKeysThatCannotBeUnderstoodLetsNobodyIn() throws IOException {
    Files.writeString(first, KnownHosts.line(HOST, 22, key) + "\n");
    HostRecords records = HostRecords.in(first).withRevoked(List.of(second));

    assertThatThrownBy(() -> check(HostKeyPolicy.knownHosts(records), HOST, key))
        .hasMessageContaining(second.toString());

    Files.writeString(second, KeyText.format(other) + "\nssh-ed25519 AAAA\n");
    assertThatThrownBy(() -> check(HostKeyPolicy.knownHosts(records), HOST, key))
        .hasMessageContaining(second.toString())
        .hasStackTraceContaining("line 2");
  }

  @Test
  void aNameIsHashedWhereThatIsWanted() throws IOException {
    HostRecords records = HostRecords.in(first).withHashed(true);

    check(HostKeyPolicy.trustOnFirstUse(records), HOST, key);

    assertThat(first).content().startsWith("|1|").doesNotContain(HOST);
    check(HostKeyPolicy.knownHosts(records), HOST, key);
  }

  @Test
  void aLineThatCannotBeReadIsReportedWithItsPlaceAndSpoilsNoOther() throws IOException {
    String file = "\uFEFF" + KnownHosts.line(HOST, 22, key) + "\r\n# note\r\nhost ssh-ed25519 AA";
    Files.writeString(first, file);

    HostKeyPolicy policy = HostKeyPolicy.knownHosts(first);

    check(policy, HOST, key);
    assertThat(policy.onRecord(HOST, 22).block(WAIT).warnings())
        .singleElement()
        .asString()
        .contains("known_hosts, line 3");
  }

  @Test
  void octetsThatAreNoTextSpoilNoRecord() throws IOException {
    byte[] latin = "# M\u00fcnchen\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(first, latin);
    Files.writeString(first, KnownHosts.line(HOST, 22, key), StandardOpenOption.APPEND);

    check(HostKeyPolicy.knownHosts(first), HOST, key);
  }

  private static List<HostKeyPolicy> policies(HostRecords records) {
    return List.of(
        HostKeyPolicy.knownHosts(records),
        HostKeyPolicy.trustOnFirstUse(records),
        HostKeyPolicy.confirmed(records, (host, port, shown) -> Mono.just(true)));
  }

  private static void check(HostKeyPolicy policy, String host, SshPublicKey shown) {
    policy.check(host, 22, shown).block(WAIT);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static SshPublicKey key() {
    return Ed25519PrivateKey.generate(new SecureRandom()).publicKey();
  }
}
