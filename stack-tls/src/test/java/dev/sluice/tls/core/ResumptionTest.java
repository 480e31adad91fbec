package dev.sluice.tls.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.TransferException;
import dev.sluice.test.Conforms;
import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.TlsAcceptor;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsClientScope;
import dev.sluice.tls.TlsConnector;
import dev.sluice.tls.TlsProvider;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.TlsServerScope;
import dev.sluice.tls.session.TlsVersion;
import dev.sluice.tls.test.TestCertificates;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that go on from a session, and those that must not. */
final class ResumptionTest {
  private static final TestCertificates CERTIFICATES = new TestCertificates();
  private static final KeyMaterial LOCAL = CERTIFICATES.local();

  @Test
  @Conforms({"TLS-045", "TLS-046", "TLS-050", "TLS-060"})
  void aLaterConnectionOfASessionResumesTheFirst() {
    for (TlsVersion version : TlsVersion.values()) {
      TlsClientScope client = clientScope(TlsProvider.SUN_JSSE, version);
      TlsServerScope server = serverScope(TlsProvider.SUN_JSSE);
      try (TlsPair first = new TlsPair(client.first(), server.first()).settle()) {
        first.server.send("220 ready");
        first.settle();
        for (int i = 0; i < 5; i++) {
          TlsCore core = client.resumed().orElseThrow();
          try (TlsPair later = new TlsPair(core, server.later(true, false)).settle()) {
            assertThat(later.client.session().resumed()).isTrue();
            assertThat(later.server.session().resumed()).isTrue();
            later.server.send("data");
            later.settle();
            assertThat(later.client.text()).isEqualTo("data");
          }
        }
      }
    }
  }

  @Test
  @Conforms({"TLS-052", "TLS-060"})
  void bouncyCastleResumesInTls12() {
    TlsClientScope client = clientScope(TlsProvider.BOUNCY_CASTLE, TlsVersion.TLS_1_2);
    TlsServerScope server = serverScope(TlsProvider.BOUNCY_CASTLE);
    try (TlsPair first = new TlsPair(client.first(), server.first()).settle();
        TlsPair later =
            new TlsPair(client.resumed().orElseThrow(), server.later(true, false)).settle()) {
      assertThat(first.client.session().resumed()).isFalse();
      assertThat(later.client.session().resumed()).isTrue();
      assertThat(later.server.session().resumed()).isTrue();
    }
  }

  @Test
  @Conforms({"TLS-056", "TLS-057", "TLS-058"})
  void theSessionOfAnotherConnectionDoesNotCount() {
    for (TlsVersion version : TlsVersion.values()) {
      TlsAcceptor acceptor = TlsAcceptor.of(TlsServerOptions.of(LOCAL));
      TlsClientScope thief = clientScope(TlsProvider.SUN_JSSE, version);
      TlsServerScope thiefsOwn = acceptor.session();
      TlsClientScope victim = clientScope(TlsProvider.SUN_JSSE, version);
      TlsServerScope victims = acceptor.session();
      try (TlsPair one = new TlsPair(thief.first(), thiefsOwn.first()).settle();
          TlsPair two = new TlsPair(victim.first(), victims.first()).settle();
          TlsPair stolen = new TlsPair(thief.resumed().orElseThrow(), victims.later(true, false))) {
        assertThat(one.client.session().resumed()).isFalse();
        assertThat(two.client.session().resumed()).isFalse();
        assertThatThrownBy(stolen::settle).isInstanceOf(TransferException.class);
        assertThat(stolen.server.session).isNull();
      }
    }
  }

  @Test
  void nothingIsResumedBeforeTheFirstConnection() {
    assertThat(clientScope(TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3).resumed()).isEmpty();
  }

  /** It would be one of the control connection's if the ticket alone were looked at. */
  @ParameterizedTest
  @EnumSource(TlsVersion.class)
  @Conforms({"TLS-058", "TLS-059"})
  void whoResumesALaterConnectionThatBeganItsOwnSessionHasNotResumedTheFirst(TlsVersion version) {
    TlsServerScope server = serverScope(TlsProvider.SUN_JSSE);
    TlsClientScope victim = clientScope(TlsProvider.SUN_JSSE, version);
    TlsClientScope thief = clientScope(TlsProvider.SUN_JSSE, version);
    try (TlsPair first = new TlsPair(victim.first(), server.first()).settle();
        TlsPair full = new TlsPair(thief.first(), server.later(false, false)).settle();
        TlsPair again =
            new TlsPair(thief.resumed().orElseThrow(), server.later(false, false)).settle()) {
      assertThat(first.server.session().resumed()).isFalse();
      assertThat(full.server.session().resumed()).isFalse();
      assertThat(again.client.session().resumed()).isTrue();
      assertThat(again.server.session().resumed()).as("the first connection's").isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(TlsVersion.class)
  @Conforms("TLS-060")
  void anOfferToGoOnIsTakenUp(TlsVersion version) {
    TlsClientScope client = clientScope(TlsProvider.SUN_JSSE, version);
    TlsServerScope server = serverScope(TlsProvider.SUN_JSSE);
    try (TlsPair first = new TlsPair(client.first(), server.first()).settle();
        TlsPair later =
            new TlsPair(client.preferablyResumed().orElseThrow(), server.later(true, false))
                .settle()) {
      assertThat(first.client.session().resumed()).isFalse();
      assertThat(later.client.session().resumed()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(TlsVersion.class)
  void anOfferToGoOnEndsInAHandshakeOfItsOwnWhereThePeerDeclines(TlsVersion version) {
    TlsClientScope client = clientScope(TlsProvider.SUN_JSSE, version);
    try (TlsPair first =
            new TlsPair(client.first(), serverScope(TlsProvider.SUN_JSSE).first()).settle();
        TlsPair later =
            new TlsPair(
                    client.preferablyResumed().orElseThrow(),
                    serverScope(TlsProvider.SUN_JSSE).first())
                .settle()) {
      assertThat(first.client.session().resumed()).isFalse();
      assertThat(later.client.session().resumed()).isFalse();
    }
  }

  @Test
  @Conforms("TLS-050")
  void withoutATicketThereIsNoOffer() {
    TlsClientScope client = clientScope(TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3);
    assertThat(client.preferablyResumed()).as("before the first connection").isEmpty();
    try (TlsPair first =
        new TlsPair(client.first(), serverScope(TlsProvider.SUN_JSSE).first()).settle()) {
      assertThat(first.client.session().version()).isEqualTo(TlsVersion.TLS_1_3);
      Optional<TlsCore> offer = client.preferablyResumed();
      assertThat(offer).get().extracting(TlsCore::offersTicket).isEqualTo(true);
      offer.ifPresent(TlsCore::discard);
      while (offer.isPresent()) { // each takes one ticket
        offer = client.preferablyResumed();
        offer.ifPresent(TlsCore::discard);
      }
      TlsCore without = client.first();
      assertThat(without.offersTicket()).isFalse();
      without.discard();
    }
  }

  private static TlsClientScope clientScope(TlsProvider provider, TlsVersion version) {
    TlsClientOptions options =
        TlsClientOptions.DEFAULT
            .withProvider(provider)
            .withVersions(Set.of(version))
            .withVerification(CERTIFICATES.verification());
    return TlsConnector.of(options).session("localhost", 21);
  }

  private static TlsServerScope serverScope(TlsProvider provider) {
    return TlsAcceptor.of(TlsServerOptions.of(LOCAL).withProvider(provider)).session();
  }
}
