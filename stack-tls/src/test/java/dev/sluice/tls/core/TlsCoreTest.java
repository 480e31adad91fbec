package dev.sluice.tls.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.LimitExceeded;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.TimedOut;
import dev.sluice.test.Conforms;
import dev.sluice.tls.TlsAcceptor;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsClientScope;
import dev.sluice.tls.TlsConnector;
import dev.sluice.tls.TlsProvider;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.TlsServerScope;
import dev.sluice.tls.session.TlsConduct;
import dev.sluice.tls.session.TlsLimits;
import dev.sluice.tls.session.TlsVersion;
import dev.sluice.tls.test.TestCertificates;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class TlsCoreTest {
  private static final TestCertificates CERTIFICATES = new TestCertificates();
  private static final dev.sluice.tls.KeyMaterial LOCAL = CERTIFICATES.local();

  /** Every provider with every version. */
  static Stream<Arguments> combinations() {
    return Stream.of(TlsProvider.SUN_JSSE, TlsProvider.BOUNCY_CASTLE)
        .flatMap(
            provider ->
                Stream.of(TlsVersion.values()).map(version -> Arguments.of(provider, version)));
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

  private static TlsPair pair(TlsProvider provider, TlsVersion version) {
    return new TlsPair(clientScope(provider, version).first(), serverScope(provider).first());
  }

  @ParameterizedTest
  @MethodSource("combinations")
  @Conforms({"TLS-004", "TLS-010", "TLS-017", "TLS-031", "TLS-080"})
  void octetsArriveInBothDirectionsHoweverTheyAreCut(TlsProvider provider, TlsVersion version) {
    for (int chunk : new int[] {1, 2, 3, 7, 100, 16_000, Integer.MAX_VALUE}) {
      try (TlsPair pair = pair(provider, version)) {
        pair.settle(chunk);
        pair.client.send("ping");
        pair.server.send("pong");
        pair.settle(chunk);
        assertThat(pair.server.text()).isEqualTo("ping");
        assertThat(pair.client.text()).isEqualTo("pong");
        assertThat(pair.client.session().version()).isEqualTo(version);
        assertThat(pair.client.session().peerChain()).isEqualTo(LOCAL.chain());
        assertThat(pair.client.session().resumed()).isFalse();
        assertThat(pair.server.session().serverName()).contains("localhost");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("combinations")
  @Conforms({"TLS-002", "TLS-012", "TLS-016"})
  void aMebibyteTravelsInFullRecords(TlsProvider provider, TlsVersion version) {
    byte[] file = new byte[1 << 20];
    new Random(1).nextBytes(file);
    try (TlsPair pair = pair(provider, version).settle()) {
      pair.client.core.send(io.netty.buffer.Unpooled.wrappedBuffer(file));
      byte[] records = pair.client.output();
      assertThat(records.length - file.length).isLessThan(64 * 40);
      pair.server.receive(records);
      assertThat(pair.server.received.toByteArray()).isEqualTo(file);
    }
  }

  @ParameterizedTest
  @MethodSource("combinations")
  @Conforms({"TLS-033", "TLS-037"})
  void theEndOfAStreamIsSaid(TlsProvider provider, TlsVersion version) {
    try (TlsPair pair = pair(provider, version).settle()) {
      pair.client.send("last");
      pair.client.core.end();
      pair.settle();
      assertThat(pair.server.text()).isEqualTo("last");
      assertThat(pair.server.peerEnded).isTrue();
      pair.server.core.inputClosed();
    }
  }

  @Test
  @Conforms("TLS-037")
  void inTls13TheOtherDirectionGoesOnBehindAnEnd() {
    try (TlsPair pair = pair(TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3).settle()) {
      pair.client.core.end();
      pair.settle();
      pair.server.send("still here");
      pair.settle();
      assertThat(pair.client.text()).isEqualTo("still here");
    }
  }

  @Test
  @Conforms("TLS-037")
  void inTls12AnEndEndsBothDirections() {
    try (TlsPair pair = pair(TlsProvider.SUN_JSSE, TlsVersion.TLS_1_2).settle()) {
      pair.client.core.end();
      pair.settle();
      assertThat(pair.client.peerEnded).isTrue();
      pair.server.send("too late");
      assertThatThrownBy(pair.server::output).isInstanceOf(SessionClosed.class);
    }
  }

  @ParameterizedTest
  @MethodSource("combinations")
  @Conforms("TLS-034")
  void anEndOfTheConnectionAloneIsATruncation(TlsProvider provider, TlsVersion version) {
    try (TlsPair pair = pair(provider, version).settle()) {
      pair.client.send("half a fi");
      pair.settle();
      assertThatThrownBy(pair.server.core::inputClosed)
          .isInstanceOf(SessionClosed.class)
          .hasMessageContaining("close_notify");
    }
  }

  @Test
  @Conforms("TLS-035")
  void aTruncationIsToleratedWhereThatWasChosen() {
    TlsServerOptions options = TlsServerOptions.of(LOCAL).withConduct(new TlsConduct(true));
    try (TlsPair pair =
        new TlsPair(
                clientScope(TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3).first(),
                TlsAcceptor.of(options).session().first())
            .settle()) {
      pair.server.core.inputClosed();
      assertThat(pair.server.core.nextEvent()).isInstanceOf(TlsEvent.PeerEnded.class);
    }
  }

  @Test
  @Conforms("TLS-055")
  void aSenderThatReadsGetsItsTicketAtOnceAndHasItForTheNextFile() {
    TlsClientScope client = clientScope(TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3);
    TlsServerScope server = serverScope(TlsProvider.SUN_JSSE);
    try (TlsPair first = new TlsPair(client.first(), server.first()).settle();
        TlsPair upload =
            new TlsPair(client.resumed().orElseThrow(), server.later(true, true, () -> true))
                .settle()) {
      assertThat(first.server.session().resumed()).isFalse();
      upload.client.send("a file");
      upload.server.receive(upload.client.output());
      assertThat(upload.server.text()).isEqualTo("a file");
      upload.client.core.end();
      upload.server.receive(upload.client.output());
      assertThat(upload.server.peerEnded).isTrue();
      assertThat(upload.server.output()).as("nothing is left to say").isEmpty();
      TlsCore next =
          client.resumed().orElseThrow(() -> new AssertionError("no ticket for the next"));
      next.discard();
    }
  }

  @Test
  @Conforms("TLS-055")
  void ticketsForASenderThatMayNotReadWaitForItsEnd() {
    TlsClientScope client = clientScope(TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3);
    TlsServerScope server = serverScope(TlsProvider.SUN_JSSE);
    try (TlsPair first = new TlsPair(client.first(), server.first()).settle();
        TlsPair upload =
            new TlsPair(client.resumed().orElseThrow(), server.later(true, true)).settle()) {
      assertThat(first.server.session().resumed()).isFalse();
      upload.client.send("a file");
      upload.server.receive(upload.client.output());
      assertThat(upload.server.text()).isEqualTo("a file");
      assertThat(upload.server.output()).as("said before the end").isEmpty();
      upload.client.core.end();
      upload.server.receive(upload.client.output());
      assertThat(upload.server.peerEnded).isTrue();
      assertThat(upload.server.output()).as("said behind the end").isNotEmpty();
    }
  }

  @Test
  @Conforms("TLS-077")
  void aHandshakeThatStallsTimesOut() {
    TlsServerOptions options =
        TlsServerOptions.of(LOCAL)
            .withLimits(TlsLimits.DEFAULT.withHandshakeTime(Duration.ofSeconds(3)));
    TlsCore core = TlsAcceptor.of(options).session().first();
    core.tick(5);
    assertThat(core.nextDeadlineNanos()).isEqualTo(5 + Duration.ofSeconds(3).toNanos());
    assertThatThrownBy(() -> core.tick(core.nextDeadlineNanos()))
        .isInstanceOf(TimedOut.class)
        .hasMessageContaining("TLS handshake");
    core.discard();
  }

  @Test
  @Conforms({"TLS-003", "TLS-065"})
  void plainTextOnATlsPortEndsItWithoutAnAnswerInClear() {
    for (String hello : new String[] {"GET / HTTP/1.1\r\n\r\n", "USER ann\r\n", "\0\0\0"}) {
      TlsCore core = serverScope(TlsProvider.SUN_JSSE).first();
      TlsPair.End server = new TlsPair.End(core);
      assertThatThrownBy(
              () -> server.receive(hello.getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
          .isInstanceOf(PeerMisbehaved.class)
          .hasMessageContaining("not TLS");
      byte[] alert = server.output();
      assertThat(alert).startsWith(21, 3, 3, 0, 2, 2).hasSize(7);
      core.discard();
    }
  }

  @ParameterizedTest
  @MethodSource("combinations")
  @Conforms("TLS-001")
  void aRecordThatIsTooLongIsRefusedByItsHeaderAndThePeerHearsAnAlert(
      TlsProvider provider, TlsVersion version) {
    try (TlsPair pair = pair(provider, version).settle()) {
      byte[] header = {23, 3, 3, 0x48, 0x01};
      assertThatThrownBy(() -> pair.server.receive(header))
          .isInstanceOf(PeerMisbehaved.class)
          .hasMessageContaining("18433");
      byte[] alert = pair.server.output();
      assertThatThrownBy(() -> pair.client.receive(alert))
          .isInstanceOf(PeerMisbehaved.class)
          .hasMessageContaining("alert");
      assertThat(pair.client.peerEnded).as("an orderly end").isFalse();
    }
  }

  @Test
  @Conforms("TLS-006")
  void recordsWithoutDataAreBorneToALimit() {
    try (TlsPair pair = pair(TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3).settle()) {
      byte[] changeCipherSpec = {20, 3, 3, 0, 1, 1};
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  pair.server.receive(changeCipherSpec);
                }
              })
          .isInstanceOf(dev.sluice.api.TransferException.class);
    }
  }

  @Test
  @Conforms("TLS-044")
  void renegotiationIsRefused() {
    try (TlsPair pair = pair(TlsProvider.SUN_JSSE, TlsVersion.TLS_1_2).settle()) {
      byte[] handshake = {22, 3, 3, 0, 4, 0, 0, 0, 0};
      assertThatThrownBy(() -> pair.server.receive(handshake))
          .isInstanceOf(PeerMisbehaved.class)
          .hasMessageContaining("renegotiation");
      assertThatThrownBy(() -> pair.client.receive(handshake))
          .isInstanceOf(PeerMisbehaved.class)
          .hasMessageContaining("renegotiation");
    }
  }

  @Test
  @Conforms("TLS-014")
  void withoutDemandNothingIsOpenedAndNothingRead() {
    TlsCore server = serverScope(TlsProvider.SUN_JSSE).first();
    try (TlsPair pair =
        new TlsPair(clientScope(TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3).first(), server)) {
      pair.settle();
      pair.client.send("one");
      pair.server.receive(pair.client.output());
      assertThat(pair.server.text()).isEqualTo("one");
      assertThat(server.wantsInput()).as("one more was asked for").isTrue();
      pair.client.send("two");
      byte[] record = pair.client.output();
      server.receive(io.netty.buffer.Unpooled.wrappedBuffer(record));
      assertThat(server.wantsInput()).isFalse();
      pair.client.send("three");
      byte[] next = pair.client.output();
      TlsEvent event = server.nextEvent();
      assertThat(event).isInstanceOf(TlsEvent.Plaintext.class);
      ((TlsEvent.Plaintext) event).octets().release();
      server.receive(io.netty.buffer.Unpooled.wrappedBuffer(next));
      assertThat(server.nextEvent()).as("not asked for").isNull();
      server.request();
      pair.server.receive(new byte[0]);
      assertThat(pair.server.text()).isEqualTo("onethree");
    }
  }

  @Test
  @Conforms("TLS-040")
  void aFloodOfIdleRecordsIsALimitOfItsOwnSecond() {
    IdleRecords records = new IdleRecords(3);
    for (int second = 0; second < 10; second++) {
      records.tick(Duration.ofSeconds(2L * second).toNanos());
      for (int i = 0; i < 3; i++) {
        records.add();
      }
    }
    assertThatThrownBy(records::add).isInstanceOf(LimitExceeded.class);
  }
}
