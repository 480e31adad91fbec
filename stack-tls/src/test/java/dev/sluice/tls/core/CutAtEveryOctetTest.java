package dev.sluice.tls.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.SessionClosed;
import dev.sluice.test.Conforms;
import dev.sluice.tls.TlsAcceptor;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsConnector;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.test.TestCertificates;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A handshake whose connection ends, at every octet that one side hears of it. */
final class CutAtEveryOctetTest {
  private static final TestCertificates CERTIFICATES = new TestCertificates();
  private static final TlsConnector CONNECTOR =
      TlsConnector.of(TlsClientOptions.DEFAULT.withVerification(CERTIFICATES.verification()));
  private static final TlsAcceptor ACCEPTOR =
      TlsAcceptor.of(TlsServerOptions.of(CERTIFICATES.local()));

  @Test
  @Conforms({"TLS-017", "TLS-034"})
  void aServerFailsWhereverItIsCut() {
    int cut = 0;
    while (fails(true, cut)) {
      cut++;
    }
    assertThat(cut).as("octets of a client's handshake").isBetween(200, 2000);
  }

  @Test
  @Conforms({"TLS-017", "TLS-034"})
  void aClientFailsWhereverItIsCut() {
    int cut = 0;
    while (fails(false, cut)) {
      cut++;
    }
    assertThat(cut).as("octets of a server's handshake").isBetween(700, 3000);
  }

  /** Whether a handshake of which one side hears {@code cut} octets fails; if not it was whole. */
  private static boolean fails(boolean server, int cut) {
    try (TlsPair pair =
        new TlsPair(CONNECTOR.session("localhost", 21).first(), ACCEPTOR.session().first())) {
      TlsPair.End victim = server ? pair.server : pair.client;
      TlsPair.End other = server ? pair.client : pair.server;
      int left = cut;
      boolean talking = true;
      while (talking && victim.session == null) {
        byte[] toOther = victim.output();
        other.receive(toOther);
        byte[] heard = other.output();
        int part = Math.min(left, heard.length);
        victim.receive(Arrays.copyOf(heard, part));
        left -= part;
        talking = left > 0 && toOther.length + heard.length > 0;
      }
      if (victim.session != null) {
        return false;
      }
      assertThatThrownBy(victim.core::inputClosed)
          .as("cut at %d", cut)
          .isInstanceOf(SessionClosed.class);
      return true;
    }
  }
}
