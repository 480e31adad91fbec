package dev.sluice.tls.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.ConnectFailed;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.PeerUntrusted;
import dev.sluice.api.TransferException;
import dev.sluice.test.Conforms;
import dev.sluice.tls.ClientCertificates;
import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.ReloadableCertificates;
import dev.sluice.tls.ServerCertificates;
import dev.sluice.tls.TlsAcceptor;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsConnector;
import dev.sluice.tls.TlsProvider;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.TlsServerScope;
import dev.sluice.tls.session.TlsVersion;
import dev.sluice.tls.test.TestCertificates;
import dev.sluice.tls.test.TestCertificates.Wish;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is accepted, who is not, and what each side is told. */
final class VerificationTest {
  private static final TestCertificates CERTIFICATES = new TestCertificates();
  private static final KeyMaterial LOCAL = CERTIFICATES.local();
  private static final KeyMaterial SELF_SIGNED =
      TestCertificates.selfSigned(Wish.named("localhost"));
  private static final TlsClientOptions TRUSTING =
      TlsClientOptions.DEFAULT.withVerification(CERTIFICATES.verification());

  static Stream<Arguments> untrusted() {
    PeerVerification ours = CERTIFICATES.verification();
    return Stream.of(
            Arguments.of("unknown authority", new TestCertificates().local(), ours),
            Arguments.of("self-signed", SELF_SIGNED, ours),
            Arguments.of("not in the system", LOCAL, PeerVerification.system()),
            Arguments.of("expired", CERTIFICATES.issue(Wish.named("localhost").expired()), ours),
            Arguments.of("other host", CERTIFICATES.issue(Wish.named("example.org")), ours),
            Arguments.of(
                "common name only",
                CERTIFICATES.issue(Wish.named().withCommonName("localhost")),
                ours),
            Arguments.of(
                "short key",
                CERTIFICATES.issue(Wish.named("localhost").withKeys("RSA", 1024)),
                ours),
            Arguments.of(
                "other pin",
                LOCAL,
                PeerVerification.pinned(PeerVerification.pin(SELF_SIGNED.chain().get(0)))))
        .flatMap(
            each ->
                Stream.of(TlsProvider.SUN_JSSE, TlsProvider.BOUNCY_CASTLE)
                    .map(
                        provider ->
                            Arguments.of(each.get()[0], provider, each.get()[1], each.get()[2])));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("untrusted")
  @Conforms({"TLS-007", "TLS-028", "TLS-068", "TLS-069", "TLS-071"})
  void whoIsNotToBeTrustedIsToldApartAndHearsAnAlert(
      String what, TlsProvider provider, KeyMaterial shown, PeerVerification verification) {
    TlsClientOptions options =
        TlsClientOptions.DEFAULT.withProvider(provider).withVerification(verification);
    try (TlsPair pair = pair(options, TlsServerOptions.of(shown))) {
      Throwable failure = catchThrowable(pair::settle);

      assertThat(failure).as(what).isInstanceOf(PeerUntrusted.class);
      assertThat(pair.client.session).isNull();
      byte[] alert = pair.client.output();
      assertThat(alert).isNotEmpty();
      assertThat(catchThrowable(() -> pair.server.receive(alert)))
          .isInstanceOf(TransferException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SUN_JSSE", "BOUNCY_CASTLE"})
  @Conforms("TLS-071")
  void aPinnedKeyCountsWhateverIsWrittenAboutIt(TlsProvider provider) {
    PeerVerification pinned =
        PeerVerification.pinned(PeerVerification.pin(SELF_SIGNED.chain().get(0)));
    TlsClientOptions options =
        TlsClientOptions.DEFAULT.withProvider(provider).withVerification(pinned);

    try (TlsPair pair = pair(options, TlsServerOptions.of(SELF_SIGNED)).settle()) {
      assertThat(pair.client.session().peerChain()).isEqualTo(SELF_SIGNED.chain());
    }
  }

  @Test
  @Conforms("TLS-069")
  void aWildcardStandsForOneLabel() {
    KeyMaterial wildcard = CERTIFICATES.issue(Wish.named("*.example.org"));

    try (TlsPair pair = pair("a.example.org", TRUSTING, TlsServerOptions.of(wildcard)).settle()) {
      assertThat(pair.client.session().serverName()).contains("a.example.org");
    }
    for (String host : List.of("example.org", "a.b.example.org")) {
      try (TlsPair pair = pair(host, TRUSTING, TlsServerOptions.of(wildcard))) {
        assertThat(catchThrowable(pair::settle)).isInstanceOf(PeerUntrusted.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TlsVersion.class)
  @Conforms("TLS-072")
  void aClientCertificateThatIsNeededAndMissingEndsTheHandshake(TlsVersion version) {
    try (TlsPair pair =
        pair(TRUSTING.withVersions(Set.of(version)), demanding(ClientCertificates.Demand.NEED))) {
      Throwable failure = catchThrowable(pair::settle);

      assertThat(failure).isInstanceOf(TransferException.class);
      byte[] alert = pair.server.output();
      assertThat(catchThrowable(() -> pair.client.receive(alert)))
          .as("TLS 1.2 may say handshake_failure (RFC 5246 section 7.4.6), as JDK 25 does")
          .isInstanceOfAny(AuthenticationFailed.class, ConnectFailed.class)
          .hasMessageContaining("certificate");
    }
  }

  @ParameterizedTest
  @EnumSource(TlsVersion.class)
  @Conforms("TLS-072")
  void aClientIsKnownByItsCertificateAndMayGoWithoutWhereItIsOnlyWanted(TlsVersion version) {
    KeyMaterial ann = CERTIFICATES.issue(Wish.named("ann"));
    TlsClientOptions options = TRUSTING.withVersions(Set.of(version));

    try (TlsPair pair =
        pair(options.withIdentity(ann), demanding(ClientCertificates.Demand.NEED)).settle()) {
      assertThat(pair.server.session().peerChain()).startsWith(ann.chain().get(0));
    }
    try (TlsPair pair = pair(options, demanding(ClientCertificates.Demand.WANT)).settle()) {
      assertThat(pair.server.session().peerChain()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(TlsVersion.class)
  @Conforms("TLS-072")
  void aClientCertificateOfAnotherAuthorityIsRefused(TlsVersion version) {
    KeyMaterial stranger = new TestCertificates().issue(Wish.named("ann"));
    TlsClientOptions options = TRUSTING.withVersions(Set.of(version)).withIdentity(stranger);

    try (TlsPair pair = pair(options, demanding(ClientCertificates.Demand.NEED))) {
      assertThat(catchThrowable(pair::settle)).isInstanceOf(TransferException.class);
      assertThat(pair.server.session).isNull();
    }
  }

  @Test
  @Conforms("TLS-021")
  void theNameChoosesTheCertificateAndAnUnknownOneIsRefusedOrGetsTheOthers() {
    KeyMaterial one = CERTIFICATES.issue(Wish.named("one.example"));
    KeyMaterial wild = CERTIFICATES.issue(Wish.named("*.example"));
    Map<String, KeyMaterial> names = Map.of("One.Example", one, "*.example", wild);
    TlsServerOptions strict =
        TlsServerOptions.of(ServerCertificates.byName(names, Optional.empty()));
    TlsServerOptions open =
        TlsServerOptions.of(ServerCertificates.byName(names, Optional.of(LOCAL)));

    try (TlsPair pair = pair("one.example", TRUSTING, strict).settle()) {
      assertThat(pair.client.session().peerChain()).isEqualTo(one.chain());
    }
    try (TlsPair pair = pair("two.example", TRUSTING, strict).settle()) {
      assertThat(pair.client.session().peerChain()).isEqualTo(wild.chain());
    }
    try (TlsPair pair = pair("localhost", TRUSTING, open).settle()) {
      assertThat(pair.client.session().peerChain()).isEqualTo(LOCAL.chain());
    }
    try (TlsPair pair = pair("localhost", TRUSTING, strict)) {
      assertThat(catchThrowable(pair::settle)).isInstanceOf(PeerMisbehaved.class);
      byte[] alert = pair.server.output();
      assertThat(catchThrowable(() -> pair.client.receive(alert)))
          .isInstanceOf(ConnectFailed.class)
          .hasMessageContaining("unrecognized_name");
    }
  }

  @Test
  @Conforms("TLS-075")
  void runningSessionsKeepTheCertificateThatIsReplaced() throws Exception {
    KeyMaterial fresh = CERTIFICATES.local();
    AtomicReference<KeyMaterial> file = new AtomicReference<>(LOCAL);
    ReloadableCertificates certificates =
        ReloadableCertificates.load(() -> ServerCertificates.of(file.get()));
    TlsAcceptor acceptor = TlsAcceptor.of(TlsServerOptions.of(certificates));
    TlsServerScope running = acceptor.session();
    TlsConnector connector = TlsConnector.of(TRUSTING);
    try (TlsPair first =
        new TlsPair(connector.session("localhost", 21).first(), running.first()).settle()) {
      file.set(fresh);
      certificates.reload().block();

      try (TlsPair later =
              new TlsPair(connector.session("localhost", 21).first(), running.later(false, false))
                  .settle();
          TlsPair another =
              new TlsPair(connector.session("localhost", 21).first(), acceptor.session().first())
                  .settle()) {
        assertThat(first.client.session().peerChain()).isEqualTo(LOCAL.chain());
        assertThat(later.client.session().peerChain()).isEqualTo(LOCAL.chain());
        assertThat(another.client.session().peerChain()).isEqualTo(fresh.chain());
      }
    }
  }

  @Test
  @Conforms("TLS-024")
  void aProtocolThatNobodyOfferedDoesNotPassForOne() {
    TlsServerOptions ftp = TlsServerOptions.of(LOCAL).withProtocols(List.of("ftp"));

    try (TlsPair pair = pair(TRUSTING.withProtocols(List.of("ftp")), ftp).settle()) {
      assertThat(pair.client.session().applicationProtocol()).contains("ftp");
    }
    try (TlsPair pair = pair(TRUSTING, ftp).settle()) {
      assertThat(pair.server.session().applicationProtocol()).isEmpty();
    }
    try (TlsPair pair = pair(TRUSTING.withProtocols(List.of("http/1.1")), ftp)) {
      assertThat(catchThrowable(pair::settle)).isInstanceOf(ConnectFailed.class);
    }
  }

  private static TlsServerOptions demanding(ClientCertificates.Demand demand) {
    return TlsServerOptions.of(LOCAL)
        .withClients(new ClientCertificates(demand, CERTIFICATES.verification()));
  }

  private static TlsPair pair(TlsClientOptions client, TlsServerOptions server) {
    return pair("localhost", client, server);
  }

  private static TlsPair pair(String host, TlsClientOptions client, TlsServerOptions server) {
    return new TlsPair(
        TlsConnector.of(client).session(host, 21).first(),
        TlsAcceptor.of(server).session().first());
  }
}
