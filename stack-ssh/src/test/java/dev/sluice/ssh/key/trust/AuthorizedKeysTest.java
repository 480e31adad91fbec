package dev.sluice.ssh.key.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.key.Certificate;
import dev.sluice.ssh.key.Certificates;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.Presence;
import dev.sluice.ssh.key.SshPrivateKey;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.key.trust.KeyOptions.Feature;
import dev.sluice.test.Conforms;
import dev.sluice.test.FixedRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may open an account. */
final class AuthorizedKeysTest {
  private static final SshPublicKey KEY =
      Ed25519PrivateKey.generate(new FixedRandom(1)).publicKey();
  private static final SshPublicKey OTHER =
      Ed25519PrivateKey.generate(new FixedRandom(2)).publicKey();
  private static final SshPrivateKey AUTHORITY = Ed25519PrivateKey.generate(new FixedRandom(3));
  private static final String TEXT = KeyText.format(KEY);

  @Test
  @Conforms("SSH-167")
  void aLineGrantsItsKeyAndCommentsGrantNothing() {
    AuthorizedKeys keys =
        AuthorizedKeys.parse("# comment\n\n \t\n" + TEXT + " ann at home\r\n#" + TEXT);

    assertThat(keys.lines()).hasSize(1);
    assertThat(keys.lines().get(0).comment()).isEqualTo("ann at home");
    assertThat(keys.linesFor(KEY, "ann")).hasSize(1);
    assertThat(keys.linesFor(OTHER, "ann")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown",
        "unknown=\"x\"",
        "command",
        "command=",
        "command=x",
        "command=\"x",
        "command=\"\"",
        "command=\"x\"y",
        "command=\"a\",command=\"b\"",
        "from=\"\"",
        "from=\"192.0.2.0/33\"",
        "from=\"a/b\"",
        "from=\"a,,b\"",
        "expiry-time=\"2026\"",
        "expiry-time=\"20261399\"",
        "expiry-time=\"tomorrow\"",
        "pty=\"x\"",
        "restrict,",
        ",restrict",
        "restrict,,pty",
        "restrict;pty",
        "=\"x\"",
        "\"command\"=\"x\""
      })
  @Conforms("SSH-167")
  void aLineWithAnUnknownOrMalformedOptionGrantsNothing(String options) {
    AuthorizedKeys keys = AuthorizedKeys.parse(options + " " + TEXT);

    assertThat(keys.lines()).isEmpty();
  }

  @Test
  @Conforms("SSH-167")
  void aValueMayHoldSpacesCommasAndQuotes() {
    AuthorizedKey line =
        only("command=\"echo \\\"a, b\\\" c\",RESTRICT,no-PTY " + TEXT + " comment");

    assertThat(line.options().command()).contains("echo \"a, b\" c");
    assertThat(line.key()).isEqualTo(KEY);
    assertThat(line.comment()).isEqualTo("comment");
  }

  @Test
  @Conforms("SSH-167")
  void aLineOfMoreThan8KibIsSkipped() {
    String filler = "x".repeat(8 * 1024);

    assertThat(AuthorizedKeys.parse(TEXT + " " + filler + "\n" + TEXT).lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.200, true",
    "192.0.2.0/24, 192.0.3.1, false",
    "2001:db8::/32, 2001:db8::5, true",
    "2001:db8::/32, 192.0.2.1, false",
    "0.0.0.0/0, 198.51.100.7, true",
    "192.0.2.*, 192.0.2.9, true",
    "'192.0.2.0/24,!192.0.2.7', 192.0.2.7, false",
    "'!192.0.2.7,192.0.2.0/24', 192.0.2.8, true",
    "!192.0.2.7, 192.0.2.8, false"
  })
  @Conforms({"SSH-168", "SSH-099"})
  void fromNamesTheAddressesThatMayUseTheKey(String list, String address, boolean allowed) {
    assertThat(only("from=\"" + list + "\" " + TEXT).options().allows(address)).isEqualTo(allowed);
    assertThat(KeyOptions.NONE.allows(address)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "20260102Z, 2026-01-01T23:59:59Z, false",
    "20260102Z, 2026-01-02T00:00:00Z, true",
    "202601021030Z, 2026-01-02T10:29:59Z, false",
    "20260102103015Z, 2026-01-02T10:30:15Z, true",
    "202601021030, 2026-01-02T09:29:59Z, false",
    "202601021030, 2026-01-02T09:30:00Z, true"
  })
  @Conforms("SSH-168")
  void aKeyExpires(String time, String now, boolean expired) {
    KeyOptions options = only("expiry-time=\"" + time + "\" " + TEXT).options();

    assertThat(options.isExpired(Instant.parse(now), ZoneId.of("+01:00"))).isEqualTo(expired);
    assertThat(KeyOptions.NONE.isExpired(Instant.parse(now), ZoneOffset.UTC)).isFalse();
  }

  @Test
  @Conforms("SSH-168")
  void restrictTakesAllAndLaterOptionsGiveBack() {
    KeyOptions restricted = only("restrict,pty " + TEXT).options();
    KeyOptions without = only("no-x11-forwarding " + TEXT).options();

    assertThat(restricted.permits(Feature.PTY)).isTrue();
    assertThat(restricted.permits(Feature.PORT_FORWARDING)).isFalse();
    assertThat(restricted.permits(Feature.AGENT_FORWARDING)).isFalse();
    assertThat(only("pty,restrict " + TEXT).options().permits(Feature.PTY)).isFalse();
    assertThat(without.permits(Feature.X11_FORWARDING)).isFalse();
    assertThat(without.permits(Feature.USER_RC)).isTrue();
  }

  @Test
  @Conforms("SSH-168")
  void optionsThatMayBeGivenOftenKeepTheirOrder() {
    KeyOptions options =
        only("permitopen=\"a:1\",permitopen=\"b:2\",environment=\"A=b\" " + TEXT).options();

    assertThat(options.values("permitopen")).containsExactly("a:1", "b:2");
    assertThat(options.values("environment")).containsExactly("A=b");
    assertThat(options.values("permitlisten")).isEmpty();
  }

  @Test
  @Conforms({"SSH-101", "SSH-168"})
  void whatASecurityKeyMustAskIsAnOption() {
    assertThat(KeyOptions.NONE.presence()).isEqualTo(Presence.TOUCH);
    assertThat(only("no-touch-required " + TEXT).options().presence())
        .isEqualTo(new Presence(false, false));
    assertThat(only("verify-required " + TEXT).options().presence())
        .isEqualTo(new Presence(true, true));
  }

  @Test
  @Conforms({"SSH-099", "SSH-168"})
  void anAuthorityOpensNothingItselfAndItsCertificatesMustNameTheUser() {
    String authority = KeyText.format(AUTHORITY.publicKey());
    AuthorizedKeys keys = AuthorizedKeys.parse("cert-authority " + authority);
    AuthorizedKeys named =
        AuthorizedKeys.parse("cert-authority,principals=\"web,ops\" " + authority);
    AuthorizedKeys plain = AuthorizedKeys.parse(authority);

    assertThat(keys.linesFor(certificate("ann"), "ann")).hasSize(1);
    assertThat(keys.linesFor(certificate("ann"), "bob")).isEmpty();
    assertThat(keys.linesFor(AUTHORITY.publicKey(), "ann")).isEmpty();
    assertThat(plain.linesFor(certificate("ann"), "ann")).isEmpty();
    assertThat(named.linesFor(certificate("ann"), "ann")).isEmpty();
    assertThat(named.linesFor(certificate("ops"), "ann")).hasSize(1);
  }

  @Test
  void aCertificateInTheFileGrantsNothing() {
    assertThat(AuthorizedKeys.parse(KeyText.format(certificate("ann"))).lines()).isEmpty();
  }

  private static Certificate certificate(String principal) {
    return new Certificates(KEY, AUTHORITY).principals(principal).make();
  }

  private static AuthorizedKey only(String line) {
    AuthorizedKeys keys = AuthorizedKeys.parse(line);
    assertThat(keys.lines()).hasSize(1);
    return keys.lines().get(0);
  }
}
