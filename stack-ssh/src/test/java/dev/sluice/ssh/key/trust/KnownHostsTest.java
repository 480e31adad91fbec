package dev.sluice.ssh.key.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.Vectors;
import dev.sluice.ssh.key.Certificate;
import dev.sluice.ssh.key.Certificates;
import dev.sluice.ssh.key.Curve;
import dev.sluice.ssh.key.EcdsaPrivateKey;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshPrivateKey;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.test.Conforms;
import dev.sluice.test.FixedRandom;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What known_hosts says about keys. */
final class KnownHostsTest {
  private static final long NOW = 1_800_000_000L;
  private static final SshPublicKey KEY =
      Ed25519PrivateKey.generate(new FixedRandom(1)).publicKey();
  private static final SshPublicKey OTHER =
      Ed25519PrivateKey.generate(new FixedRandom(2)).publicKey();
  private static final SshPublicKey ECDSA =
      EcdsaPrivateKey.generate(Curve.NISTP256, new FixedRandom(3)).publicKey();
  private static final SshPrivateKey AUTHORITY = Ed25519PrivateKey.generate(new FixedRandom(4));

  static Stream<String> hashes() {
    return Vectors.elements("known_hosts_hash.cases");
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, 22, MATCH",
    "example.com, EXAMPLE.com, 22, MATCH",
    "EXAMPLE.com, example.COM, 22, MATCH",
    "example.com, example.org, 22, UNKNOWN",
    "[example.com]:2222, example.com, 2222, MATCH",
    "[example.com]:2222, example.com, 22, UNKNOWN",
    "example.com, example.com, 2222, UNKNOWN_PORT",
    "*.example.com, a.example.com, 22, MATCH",
    "*.example.com, example.com, 22, UNKNOWN",
    "h?st, host, 22, MATCH",
    "h?st, hoost, 22, UNKNOWN",
    "'*.com,!a.com', b.com, 22, MATCH",
    "'*.com,!a.com', a.com, 22, UNKNOWN",
    "'!a.com,*.com', a.com, 22, UNKNOWN",
    "'192.0.2.1,host', host, 22, MATCH",
    "2001:db8::1, 2001:db8::1, 22, MATCH",
    "[*]:2222, example.com, 2222, MATCH"
  })
  @Conforms({"SSH-170", "SSH-171", "SSH-173"})
  void aLineIsAboutTheHostsItsPatternsName(
      String patterns, String host, int port, HostKeyVerdict verdict) {
    assertThat(verdict(patterns + " " + KeyText.format(KEY), host, port, KEY)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @MethodSource("hashes")
  @Conforms("SSH-171")
  void aHashedNameIsFoundAgain(String vector) {
    String token = Vectors.text(vector + ".token_text");
    String name = Vectors.text(vector + ".host_text");
    HostMatcher matcher = HostMatcher.parse(token);

    assertThat(matcher.matches(name)).isTrue();
    assertThat(matcher.matches(name + "x")).isFalse();
    assertThat(HostMatcher.Hashed.of(name, Vectors.hex(vector + ".salt")).format())
        .isEqualTo(token);
  }

  @Test
  @Conforms("SSH-171")
  void aLineThatIsWrittenMatchesItsHostAndPortOnly() {
    for (int port : new int[] {22, 2222}) {
      for (String line :
          new String[] {
            KnownHosts.line("Example.com", port, KEY),
            KnownHosts.hashedLine("Example.com", port, KEY, new FixedRandom(1))
          }) {
        assertThat(verdict(line, "example.com", port, KEY)).isEqualTo(HostKeyVerdict.MATCH);
        assertThat(verdict(line, "example.com", port, OTHER)).isEqualTo(HostKeyVerdict.CHANGED);
        assertThat(verdict(line, "example.com", 2022, KEY)).isNotEqualTo(HostKeyVerdict.MATCH);
      }
    }
    assertThat(KnownHosts.hashedLine("a", 22, KEY, new FixedRandom(1))).doesNotContain("a ");
  }

  @Test
  @Conforms("SSH-173")
  void anotherKeyThanTheOneOnRecordIsChangedWhateverItsType_CVE_2025_26465() {
    String line = "host " + KeyText.format(KEY);

    assertThat(verdict(line, "host", 22, OTHER)).isEqualTo(HostKeyVerdict.CHANGED);
    assertThat(verdict(line, "host", 22, ECDSA)).isEqualTo(HostKeyVerdict.CHANGED);
    assertThat(verdict("", "host", 22, KEY)).isEqualTo(HostKeyVerdict.UNKNOWN);
    assertThat(verdict(line, "host", 2222, OTHER)).isEqualTo(HostKeyVerdict.UNKNOWN);
    assertThat(verdict(line + "\nhost " + KeyText.format(ECDSA), "host", 22, ECDSA))
        .isEqualTo(HostKeyVerdict.MATCH);
  }

  @Test
  @Conforms({"SSH-172", "SSH-173"})
  void aRevokedKeyIsRefusedWhateverElseIsSaid_CVE_2026_42508() {
    String known = "host " + KeyText.format(KEY);
    String revoked = "@revoked * " + KeyText.format(KEY);

    assertThat(verdict(known + "\n" + revoked, "host", 22, KEY)).isEqualTo(HostKeyVerdict.REVOKED);
    assertThat(verdict(revoked + "\n" + known, "host", 22, KEY)).isEqualTo(HostKeyVerdict.REVOKED);
    assertThat(verdict("@revoked other " + KeyText.format(KEY) + "\n" + known, "host", 22, KEY))
        .isEqualTo(HostKeyVerdict.MATCH);
    String authority = "@cert-authority * " + KeyText.format(AUTHORITY.publicKey());
    String revokedAuthority = "@revoked * " + KeyText.format(AUTHORITY.publicKey());
    assertThat(verdict(authority + "\n" + revokedAuthority, "host", 22, certificate("host")))
        .isEqualTo(HostKeyVerdict.REVOKED);
    assertThat(verdict(authority + "\n" + revoked, "host", 22, certificate("host")))
        .isEqualTo(HostKeyVerdict.REVOKED);
  }

  @Test
  @Conforms({"SSH-172", "SSH-098"})
  void anAuthorityVouchesForCertificatesOnlyAndALineForKeysOnly() {
    String authority = "@cert-authority *.example.com " + KeyText.format(AUTHORITY.publicKey());
    String plain = "a.example.com " + KeyText.format(AUTHORITY.publicKey());
    Certificate certificate = certificate("a.example.com");

    assertThat(verdict(authority, "a.example.com", 22, certificate))
        .isEqualTo(HostKeyVerdict.MATCH);
    assertThat(verdict(authority, "a.example.com", 22, AUTHORITY.publicKey()))
        .isEqualTo(HostKeyVerdict.UNKNOWN);
    assertThat(verdict(plain, "a.example.com", 22, certificate)).isEqualTo(HostKeyVerdict.CHANGED);
    assertThat(verdict(authority, "example.org", 22, certificate))
        .isEqualTo(HostKeyVerdict.UNKNOWN);
    assertThat(KnownHosts.parse(authority).hasAuthority("a.example.com", 22)).isTrue();
    assertThat(KnownHosts.parse(plain).hasAuthority("a.example.com", 22)).isFalse();
  }

  @Test
  @Conforms("SSH-098")
  void aCertificateIsForTheHostsItNamesInItsTimeAndWithoutOptions() {
    String authority = "@cert-authority * " + KeyText.format(AUTHORITY.publicKey());

    assertThat(verdict(authority, "host", 22, certificate("host"))).isEqualTo(HostKeyVerdict.MATCH);
    assertThat(verdict(authority, "host", 2222, certificate("host")))
        .isEqualTo(HostKeyVerdict.MATCH);
    assertThat(verdict(authority, "a.host", 22, certificate("*.host")))
        .isEqualTo(HostKeyVerdict.MATCH);
    assertThat(verdict(authority, "other", 22, certificate("host")))
        .isEqualTo(HostKeyVerdict.UNKNOWN);
    assertThat(verdict(authority, "host", 22, host("host").role(1).make()))
        .isEqualTo(HostKeyVerdict.UNKNOWN);
    assertThat(verdict(authority, "host", 22, host("host").valid(0, NOW).make()))
        .isEqualTo(HostKeyVerdict.UNKNOWN);
    assertThat(verdict(authority, "host", 22, host("host").critical("force-command", "x").make()))
        .isEqualTo(HostKeyVerdict.UNKNOWN);
  }

  @Test
  void aCertificateWhoseAuthorityIsUnknownIsJudgedByItsKey() {
    String known = "host " + KeyText.format(KEY);

    assertThat(verdict(known, "host", 22, certificate("host"))).isEqualTo(HostKeyVerdict.MATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#",
        "# comment",
        "host",
        "host ssh-ed25519",
        "host ssh-ed25519 ?",
        "host ssh-ed25519 AAAA",
        "@marker * ssh-ed25519 AAAA",
        "|1|x|y ssh-ed25519 AAAA",
        "|1|AAAA ssh-ed25519 AAAA",
        "@revoked",
        "@cert-authority *"
      })
  @Conforms("SSH-170")
  void aLineThatCannotBeUnderstoodChangesNothing(String line) {
    String good = "host " + KeyText.format(KEY) + " a comment";

    assertThat(verdict(line + "\n" + good + "\n" + line, "host", 22, KEY))
        .isEqualTo(HostKeyVerdict.MATCH);
  }

  @Test
  @Conforms("SSH-170")
  void aKeyOfAnotherTypeThanTheLineSaysIsNoKey() {
    String line = "host ssh-rsa " + KeyText.format(KEY).split(" ")[1];

    assertThat(verdict(line, "host", 22, KEY)).isEqualTo(HostKeyVerdict.UNKNOWN);
  }

  @Test
  @Conforms("SSH-094")
  void theTypesOnRecordAreKnown() {
    KnownHosts known =
        KnownHosts.parse("host " + KeyText.format(KEY), "host " + KeyText.format(ECDSA));

    assertThat(known.types("host", 22))
        .containsExactlyInAnyOrder("ssh-ed25519", "ecdsa-sha2-nistp256");
    assertThat(known.types("other", 22)).isEmpty();
  }

  @Test
  void aPatternOfManyStarsTakesNoLongTime() {
    Assertions.assertTimeout(
        Duration.ofSeconds(2),
        () -> assertThat(Wildcard.matches("*a".repeat(500) + "b", "a".repeat(5000))).isFalse());
  }

  private static Certificate certificate(String principal) {
    return host(principal).make();
  }

  private static Certificates host(String principal) {
    return new Certificates(KEY, AUTHORITY).role(2).principals(principal);
  }

  private static HostKeyVerdict verdict(String file, String host, int port, SshPublicKey key) {
    return KnownHosts.parse(file).verdict(host, port, key, NOW);
  }
}
