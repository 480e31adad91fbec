package dev.sluice.tls.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.TransferException;
import dev.sluice.test.Conforms;
import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.TlsAcceptor;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsClientScope;
import dev.sluice.tls.TlsConnector;
import dev.sluice.tls.TlsProvider;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.TlsServerScope;
import dev.sluice.tls.session.TlsVersion;
import dev.sluice.tls.test.TestCertificates;
import dev.sluice.tls.test.TestCertificates.Wish;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What handshakes contain, what ends them, and what a connection keeps of one that broke. */
final class HandshakeRulesTest {
  private static final TestCertificates CERTIFICATES = new TestCertificates();
  private static final KeyMaterial LOCAL = CERTIFICATES.local();
  private static final int X25519MLKEM768 = 0x11EC;
  private static final int MEBIBYTE = 1 << 20;

  /** Last octets of the random of a ServerHello of TLS 1.2 from a server that knows 1.3. */
  private static final byte[] DOWNGRADE = {'D', 'O', 'W', 'N', 'G', 'R', 'D', 1};

  private static final int END_OF_RANDOM = 5 + 4 + 2 + 32;

  @ParameterizedTest
  @EnumSource(names = {"SUN_JSSE", "BOUNCY_CASTLE"})
  @Conforms("TLS-011")
  void whatComputesForLongIsHandedOutAndNothingIsSaidBeforeItIsDone(TlsProvider provider) {
    TlsCore core = server(provider).first();
    try (TlsPair pair = new TlsPair(client(provider, TlsVersion.values()).first(), core)) {
      core.receive(Unpooled.wrappedBuffer(pair.client.output()));

      TlsEvent event = core.nextEvent();
      assertThat(event).isInstanceOf(TlsEvent.Work.class);
      assertThat(core.nextOutput()).isNull();
      assertThat(core.wantsInput()).isFalse();

      ((TlsEvent.Work) event).task().run();
      core.workDone();
      pair.settle();
      assertThat(pair.client.session().resumed()).isFalse();
    }
  }

  @Test
  @Conforms("TLS-013")
  void recordsAreSealedInHeapBuffersAndOpenedIntoDirectOnes() {
    try (TlsPair pair = pair(TlsProvider.SUN_JSSE, TlsVersion.TLS_1_3).settle()) {
      pair.client.send("data");
      ByteBuf sealed = pair.client.core.nextOutput();
      assertThat(sealed).isNotNull();
      assertThat(sealed.hasArray()).isTrue();
      pair.server.core.receive(sealed);
      sealed.release();

      TlsEvent event = pair.server.core.nextEvent();
      assertThat(event).isInstanceOf(TlsEvent.Plaintext.class);
      ByteBuf opened = ((TlsEvent.Plaintext) event).octets();
      assertThat(opened.isDirect()).isTrue();
      opened.release();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SUN_JSSE", "BOUNCY_CASTLE"})
  @Conforms("TLS-015")
  void noMoreIsSealedThanTheSocketTakesAndAnAlertGoesFirst(TlsProvider provider) {
    try (TlsPair pair = pair(provider, TlsVersion.TLS_1_3).settle()) {
      TlsCore core = pair.server.core;
      core.send(Unpooled.wrappedBuffer(new byte[MEBIBYTE]));
      assertThat(core.octetsSealed()).isZero();
      ByteBuf taken = core.nextOutput();
      assertThat(taken).isNotNull();
      taken.release();
      assertThat(core.octetsSealed()).isPositive().isLessThanOrEqualTo(128 * 1024);

      byte[] tooLong = {23, 3, 3, 0x48, 0x01};
      assertThatThrownBy(() -> pair.server.receive(tooLong)).isInstanceOf(PeerMisbehaved.class);
      ByteBuf alert = core.lastWords();
      assertThat(alert).isNotNull();
      assertThat(alert.readableBytes()).isLessThan(100);
      alert.release();
    }
  }

  @Test
  @Conforms("TLS-020")
  void everyConnectionOfASessionNamesTheHostAndNoneAnAddress() {
    TlsClientScope client = client(TlsProvider.SUN_JSSE, TlsVersion.values());
    try (TlsPair control =
        new TlsPair(client.first(), server(TlsProvider.SUN_JSSE).first()).settle()) {
      assertThat(control.server.session().serverName()).contains("localhost");
      TlsCore resumed = client.resumed().orElseThrow(); // before another takes the only ticket
      for (TlsCore data : List.of(resumed, client.first())) {
        assertThat(hello(data).get(HelloExtensions.SERVER_NAME))
            .asString(StandardCharsets.US_ASCII)
            .endsWith("localhost");
      }
    }
    for (String address : new String[] {"127.0.0.1", "::1"}) {
      TlsConnector connector = TlsConnector.of(options(TlsProvider.SUN_JSSE, TlsVersion.values()));
      assertThat(hello(connector.session(address, 21).first()))
          .doesNotContainKey(HelloExtensions.SERVER_NAME);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SUN_JSSE", "BOUNCY_CASTLE"})
  @Conforms("TLS-026")
  void aServerThatWasMadeToSpeakAnOlderVersionIsLeft(TlsProvider provider) {
    TlsServerOptions old =
        TlsServerOptions.of(LOCAL).withProvider(provider).withVersions(Set.of(TlsVersion.TLS_1_2));
    try (TlsPair pair =
        new TlsPair(
            client(provider, TlsVersion.values()).first(), TlsAcceptor.of(old).session().first())) {
      pair.server.receive(pair.client.output());
      byte[] hello = pair.server.output();
      System.arraycopy(DOWNGRADE, 0, hello, END_OF_RANDOM - DOWNGRADE.length, DOWNGRADE.length);

      assertThatThrownBy(
              () -> {
                pair.client.receive(hello);
                pair.client.output();
              })
          .isInstanceOf(TransferException.class);
      assertThat(pair.client.output()).as("illegal_parameter").startsWith(21, 3, 3, 0, 2, 2, 47);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SUN_JSSE", "BOUNCY_CASTLE"})
  @Conforms({"TLS-029", "TLS-043"})
  void noHelloOffersEarlyDataOrALaterCertificate(TlsProvider provider) {
    TlsClientScope client = client(provider, TlsVersion.values());
    try (TlsPair first = new TlsPair(client.first(), server(provider).first()).settle()) {
      assertThat(first.client.session().version()).isEqualTo(TlsVersion.TLS_1_3);
      TlsCore next = client.preferablyResumed().orElseGet(client::first);
      assertThat(next.offersTicket()).isEqualTo(provider == TlsProvider.SUN_JSSE);
      assertThat(hello(next))
          .doesNotContainKeys(HelloExtensions.EARLY_DATA, HelloExtensions.POST_HANDSHAKE_AUTH);
    }
  }

  @Test
  @Conforms("TLS-030")
  void aProviderThatIsNotThereFailsAtTheStartAndSaysWhatIsMissing() {
    PeerVerification pinned = PeerVerification.pinned(PeerVerification.pin(LOCAL.chain().get(0)));
    for (PeerVerification verification : Set.of(CERTIFICATES.verification(), pinned)) {
      TlsClientOptions client =
          TlsClientOptions.DEFAULT
              .withProvider(TlsProvider.BOUNCY_CASTLE_FIPS)
              .withVerification(verification);
      assertThatThrownBy(() -> TlsConnector.of(client))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("bc-fips");
    }
    TlsServerOptions server =
        TlsServerOptions.of(LOCAL).withProvider(TlsProvider.BOUNCY_CASTLE_FIPS);
    assertThatThrownBy(() -> TlsAcceptor.of(server))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("bc-fips");
  }

  @ParameterizedTest
  @EnumSource(TlsVersion.class)
  @Conforms({"TLS-032", "TLS-054"})
  void aFatalAlertEndsTheConnectionByItsNameAndItsSessionIsNotResumed(TlsVersion version) {
    TlsClientScope client = client(TlsProvider.SUN_JSSE, version);
    try (TlsPair pair =
        new TlsPair(client.first(), server(TlsProvider.SUN_JSSE).first()).settle()) {
      byte[] forged = new byte[5 + 64];
      System.arraycopy(new byte[] {23, 3, 3, 0, 64}, 0, forged, 0, 5);
      assertThatThrownBy(() -> pair.server.receive(forged)).isInstanceOf(TransferException.class);
      byte[] alert = pair.server.output();

      assertThatThrownBy(() -> pair.client.receive(alert))
          .isInstanceOf(PeerMisbehaved.class)
          .hasMessageContaining("bad_record_mac");
      assertThat(client.resumed()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(TlsVersion.class)
  @Conforms("TLS-038")
  void aDataConnectionThatIsCutDoesNotSpoilTheSessionForTheNext(TlsVersion version) {
    TlsClientScope client = client(TlsProvider.SUN_JSSE, version);
    TlsServerScope server = server(TlsProvider.SUN_JSSE);
    try (TlsPair control = new TlsPair(client.first(), server.first()).settle()) {
      assertThat(control.client.session().resumed()).isFalse();
      for (int i = 0; i < 3; i++) {
        try (TlsPair data =
            new TlsPair(client.resumed().orElseThrow(), server.later(true, true, () -> true))
                .settle()) {
          assertThat(data.client.session().resumed()).isTrue();
          assertThatThrownBy(data.client.core::inputClosed).isInstanceOf(SessionClosed.class);
          assertThatThrownBy(data.server.core::inputClosed).isInstanceOf(SessionClosed.class);
        }
      }
    }
  }

  @Test
  @Conforms("TLS-048")
  void aSessionWithExtendedMasterSecretIsNotResumedWithoutIt() {
    TlsClientScope client = client(TlsProvider.SUN_JSSE, TlsVersion.TLS_1_2);
    TlsServerScope server = server(TlsProvider.SUN_JSSE);
    try (TlsPair first = new TlsPair(client.first(), server.first()).settle();
        TlsPair later = new TlsPair(client.resumed().orElseThrow(), server.later(false, false))) {
      assertThat(first.client.session().resumed()).isFalse();
      byte[] hello = later.client.output();
      byte[] stripped = HelloExtensions.without(hello, HelloExtensions.EXTENDED_MASTER_SECRET);
      assertThat(stripped).hasSize(hello.length - 4);

      assertThatThrownBy(
              () -> {
                later.server.receive(stripped);
                later.server.output();
              })
          .isInstanceOf(TransferException.class);
    }
  }

  @Test
  @Conforms("TLS-053")
  void bouncyCastleHasNothingToResumeInTls13() {
    TlsClientScope client = client(TlsProvider.BOUNCY_CASTLE, TlsVersion.TLS_1_3);
    try (TlsPair first =
        new TlsPair(client.first(), server(TlsProvider.BOUNCY_CASTLE).first()).settle()) {
      first.server.send("220 ready");
      first.settle();
      assertThat(client.resumed()).isEmpty();
      assertThat(client.preferablyResumed()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SUN_JSSE", "BOUNCY_CASTLE"})
  @Conforms("TLS-079")
  void aChainThatIsTooLongIsRefused(TlsProvider provider) {
    KeyMaterial longest = CERTIFICATES.chain(Wish.named("localhost"), 11);
    assertThat(longest.chain()).hasSize(11);
    try (TlsPair pair =
        new TlsPair(
            client(provider, TlsVersion.values()).first(),
            TlsAcceptor.of(TlsServerOptions.of(longest)).session().first())) {
      assertThatThrownBy(pair::settle)
          .isInstanceOf(TransferException.class)
          .hasMessageContaining("chain");
      assertThat(pair.client.session).isNull();
    }
  }

  @Test
  void bouncyCastleAgreesOnTheHybridOfX25519AndMlKem() {
    TlsCore clientCore = client(TlsProvider.BOUNCY_CASTLE, TlsVersion.TLS_1_3).first();
    try (TlsPair pair = new TlsPair(clientCore, server(TlsProvider.BOUNCY_CASTLE).first())) {
      pair.server.receive(pair.client.output());
      byte[] records = pair.server.output();
      byte[] share = HelloExtensions.of(records).get(HelloExtensions.KEY_SHARE);
      assertThat(Unpooled.wrappedBuffer(share).getUnsignedShort(0)).isEqualTo(X25519MLKEM768);

      pair.client.receive(records);
      pair.settle();
      pair.client.send("kept for long");
      pair.settle();
      assertThat(pair.server.text()).isEqualTo("kept for long");
    }
  }

  private static Map<Integer, byte[]> hello(TlsCore core) {
    try {
      return HelloExtensions.of(new TlsPair.End(core).output());
    } finally {
      core.discard();
    }
  }

  private static TlsPair pair(TlsProvider provider, TlsVersion... versions) {
    return new TlsPair(client(provider, versions).first(), server(provider).first());
  }

  private static TlsClientScope client(TlsProvider provider, TlsVersion... versions) {
    return TlsConnector.of(options(provider, versions)).session("localhost", 21);
  }

  private static TlsClientOptions options(TlsProvider provider, TlsVersion... versions) {
    return TlsClientOptions.DEFAULT
        .withProvider(provider)
        .withVersions(Set.copyOf(Arrays.asList(versions)))
        .withVerification(CERTIFICATES.verification());
  }

  private static TlsServerScope server(TlsProvider provider) {
    return TlsAcceptor.of(TlsServerOptions.of(LOCAL).withProvider(provider)).session();
  }
}
