package dev.sluice.tls.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.PeerUntrusted;
import dev.sluice.tls.ClientCertificates;
import dev.sluice.tls.ClientCertificates.Demand;
import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.TlsAcceptor;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsConnector;
import dev.sluice.tls.TlsProvider;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.session.TlsVersion;
import dev.sluice.tls.test.TestCertificates;
import dev.sluice.tls.test.TestCertificates.Wish;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates that their authority has taken back, of clients and of servers. */
final class RevocationTest {
  private static final TestCertificates CERTIFICATES = new TestCertificates();
  private static final KeyMaterial LOCAL = CERTIFICATES.local();
  private static final KeyMaterial ANN = CERTIFICATES.issue(Wish.named().withCommonName("ann"));
  private static final KeyMaterial BOB = CERTIFICATES.issue(Wish.named().withCommonName("bob"));

  @TempDir private Path directory;

  static Stream<Arguments> combinations() {
    return Stream.of(TlsProvider.SUN_JSSE, TlsProvider.BOUNCY_CASTLE)
        .flatMap(
            provider ->
                Stream.of(TlsVersion.values()).map(version -> Arguments.of(provider, version)));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void aClientWhoseCertificateIsRevokedIsRefusedAndAnotherIsNot(
      TlsProvider provider, TlsVersion version) throws IOException {
    TlsServerOptions server = server(provider, der(false, ANN));
    try (TlsPair pair = clientOf(BOB, provider, version, server).settle()) {
      assertThat(pair.server.session().peerChain()).startsWith(BOB.chain().get(0));
    }
    try (TlsPair pair = clientOf(ANN, provider, version, server)) {
      assertThatThrownBy(pair::settle)
          .isInstanceOf(PeerUntrusted.class)
          .hasMessageContainingAll("CN=ann", "revoked", "list.crl");
      assertThat(pair.server.session).isNull();
      assertThat(pair.server.output()).as("an alert").isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SUN_JSSE", "BOUNCY_CASTLE"})
  void aServerWhoseCertificateIsRevokedIsNotTrustedAndAnotherIs(TlsProvider provider)
      throws IOException {
    KeyMaterial stolen = CERTIFICATES.local();
    TlsClientOptions client =
        TlsClientOptions.DEFAULT.withProvider(provider).withVerification(by(pem(stolen)));
    try (TlsPair pair = pair(client, TlsServerOptions.of(LOCAL)).settle()) {
      assertThat(pair.client.session().peerChain()).isEqualTo(LOCAL.chain());
    }
    try (TlsPair pair = pair(client, TlsServerOptions.of(stolen))) {
      assertThatThrownBy(pair::settle)
          .isInstanceOf(PeerUntrusted.class)
          .hasMessageContainingAll("revoked", "list.pem");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SUN_JSSE", "BOUNCY_CASTLE"})
  void aListThatIsOutOfDateRefusesEverybodyAndNamesTheFile(TlsProvider provider)
      throws IOException {
    TlsServerOptions server = server(provider, der(true));
    try (TlsPair pair = clientOf(BOB, provider, TlsVersion.TLS_1_3, server)) {
      assertThatThrownBy(pair::settle)
          .isInstanceOf(PeerUntrusted.class)
          .hasMessageContainingAll("list.crl", "was good until", "newer");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SUN_JSSE", "BOUNCY_CASTLE"})
  void aListOfAnotherAuthorityOrWithAForgedSignatureIsNone(TlsProvider provider)
      throws IOException {
    // The name of the authority is the same, its key is not.
    Path forged = directory.resolve("forged.crl");
    Files.write(forged, new TestCertificates().revocationList(false));
    try (TlsPair pair = clientOf(BOB, provider, TlsVersion.TLS_1_3, server(provider, forged))) {
      assertThatThrownBy(pair::settle).isInstanceOf(PeerUntrusted.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SUN_JSSE", "BOUNCY_CASTLE"})
  void anIntermediateAuthorityWithoutAListRefuses(TlsProvider provider) throws IOException {
    KeyMaterial far = CERTIFICATES.chain(Wish.named().withCommonName("far"), 2);
    TlsServerOptions server = server(provider, der(false));
    try (TlsPair pair = clientOf(far, provider, TlsVersion.TLS_1_3, server)) {
      assertThatThrownBy(pair::settle)
          .isInstanceOf(PeerUntrusted.class)
          .hasMessageContainingAll("list.crl", "no revocation list of CN=Intermediate 1");
    }
  }

  @Test
  void aListThatIsReplacedCountsForTheNextConnection() throws IOException {
    Path file = der(false);
    TlsServerOptions options = server(TlsProvider.SUN_JSSE, file);
    TlsAcceptor acceptor = TlsAcceptor.of(options);
    TlsConnector ann = TlsConnector.of(client(ANN, TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3));
    try (TlsPair pair =
        new TlsPair(ann.session("localhost", 21).first(), acceptor.session().first()).settle()) {
      assertThat(pair.server.session().peerChain()).isNotEmpty();
    }
    Files.write(file, CERTIFICATES.revocationList(false, ANN.chain().get(0)));
    try (TlsPair pair =
        new TlsPair(ann.session("localhost", 21).first(), acceptor.session().first())) {
      assertThatThrownBy(pair::settle).hasMessageContaining("revoked");
    }
    Files.delete(file);
    try (TlsPair pair =
        new TlsPair(ann.session("localhost", 21).first(), acceptor.session().first())) {
      assertThatThrownBy(pair::settle).hasMessageContainingAll("list.crl", "no such file");
    }
  }

  @Test
  void aFileWithoutAListIsRefusedAtTheStart() throws IOException {
    Path file = directory.resolve("list.pem");
    Files.writeString(file, TestCertificates.pem(CERTIFICATES.authority()));
    TlsServerOptions options = server(TlsProvider.SUN_JSSE, file);
    assertThatThrownBy(() -> TlsAcceptor.of(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("list.pem", "no revocation list");
    Files.write(file, new byte[] {0x30, 1, 2, 3});
    assertThatThrownBy(() -> TlsAcceptor.of(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("list.pem");
  }

  private Path der(boolean expired, KeyMaterial... revoked) throws IOException {
    Path file = directory.resolve("list.crl");
    return Files.write(file, list(expired, revoked));
  }

  private Path pem(KeyMaterial... revoked) throws IOException {
    Base64.Encoder base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return Files.writeString(
        directory.resolve("list.pem"),
        "-----BEGIN X509 CRL-----\n"
            + base64.encodeToString(list(false, revoked))
            + "\n-----END X509 CRL-----\n");
  }

  private static byte[] list(boolean expired, KeyMaterial... revoked) {
    return CERTIFICATES.revocationList(
        expired,
        Stream.of(revoked)
            .map(each -> each.chain().get(0))
            .toArray(java.security.cert.X509Certificate[]::new));
  }

  private static PeerVerification by(Path revoked) {
    return PeerVerification.authorities(java.util.List.of(CERTIFICATES.authority()))
        .withRevoked(revoked);
  }

  private static TlsServerOptions server(TlsProvider provider, Path revoked) {
    return TlsServerOptions.of(LOCAL)
        .withProvider(provider)
        .withClients(new ClientCertificates(Demand.NEED, by(revoked)));
  }

  private static TlsClientOptions client(
      KeyMaterial identity, TlsProvider provider, TlsVersion version) {
    return TlsClientOptions.DEFAULT
        .withProvider(provider)
        .withVersions(Set.of(version))
        .withVerification(CERTIFICATES.verification())
        .withIdentity(identity);
  }

  private static TlsPair clientOf(
      KeyMaterial identity, TlsProvider provider, TlsVersion version, TlsServerOptions server) {
    return pair(client(identity, provider, version), server);
  }

  private static TlsPair pair(TlsClientOptions client, TlsServerOptions server) {
    return new TlsPair(
        TlsConnector.of(client).session("localhost", 21).first(),
        TlsAcceptor.of(server).session().first());
  }
}
