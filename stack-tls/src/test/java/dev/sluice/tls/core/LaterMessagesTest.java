package dev.sluice.tls.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.TransferException;
import dev.sluice.test.Conforms;
import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsClientScope;
import dev.sluice.tls.TlsConnector;
import dev.sluice.tls.TlsProvider;
import dev.sluice.tls.session.TlsVersion;
import dev.sluice.tls.test.TestCertificates;
import dev.sluice.tls.test.TestCertificates.Wish;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages of TLS 1.3 that come after the handshake, in the middle of the data. */
final class LaterMessagesTest {
  private static final int NEW_SESSION_TICKET = 4;
  private static final int CERTIFICATE_REQUEST = 13;

  /** Of the protocol: a ticket cannot be longer than its 16 bits of length. */
  private static final int LONGER_THAN_ANY_LIMIT = 1 << 18;

  private final TestCertificates.Bare certificate = TestCertificates.bare(Wish.named("localhost"));
  private final BareServer server = BareServer.of(certificate.keys(), certificate.certificate());

  @ParameterizedTest
  @EnumSource(names = {"SUN_JSSE", "BOUNCY_CASTLE"})
  @Conforms("TLS-042")
  void ticketsMayComeBetweenTheRecordsOfOneReply(TlsProvider provider) {
    TlsPair.End client = connected(scope(provider));
    StringBuilder reply = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      String line = "211-line " + i + "\r\n";
      reply.append(line);
      client.receive(server.data(line));
      client.receive(server.message(NEW_SESSION_TICKET, ticket(i)));
    }
    assertThat(client.text()).isEqualTo(reply.toString());

    client.send("NOOP\r\n");
    assertThat(server.converse(client.output())).isEmpty();
    byte[] heard = new byte[server.getAvailableInputBytes()];
    server.readInput(heard, 0, heard.length);
    assertThat(heard).asString(StandardCharsets.US_ASCII).isEqualTo("NOOP\r\n");
    client.core.discard();
  }

  @Test
  @Conforms("TLS-042")
  void aTicketThatComesLateIsUsedByTheNextConnection() {
    TlsClientScope scope = scope(TlsProvider.SUN_JSSE);
    TlsPair.End client = connected(scope);
    assertThat(scope.preferablyResumed()).isEmpty();
    client.receive(server.data("220-hello\r\n"));
    client.receive(server.message(NEW_SESSION_TICKET, ticket(1)));
    assertThat(scope.preferablyResumed()).hasValueSatisfying(TlsCore::discard);
    client.core.discard();
  }

  @ParameterizedTest
  @EnumSource(names = {"SUN_JSSE", "BOUNCY_CASTLE"})
  @Conforms("TLS-043")
  void aRequestForACertificateThatNobodyOfferedEndsTheConnection(TlsProvider provider) {
    TlsPair.End client = connected(scope(provider));
    // No context, and the extension that must be there: signature_algorithms with one of ECDSA.
    byte[] request = {0, 0, 8, 0, 13, 0, 4, 0, 2, 4, 3};
    byte[] records = server.message(CERTIFICATE_REQUEST, request);
    assertThatThrownBy(() -> client.receive(records)).isInstanceOf(TransferException.class);
    assertThatThrownBy(() -> server.converse(client.output()))
        .rootCause()
        .isInstanceOfSatisfying(
            TlsFatalAlertReceived.class,
            alert ->
                assertThat(alert.getAlertDescription())
                    .isEqualTo(AlertDescription.unexpected_message));
    client.core.discard();
  }

  @ParameterizedTest
  @EnumSource(names = {"SUN_JSSE", "BOUNCY_CASTLE"})
  @Conforms("TLS-079")
  void aMessageOverTheLimitIsRefusedBeforeItHasAllArrived(TlsProvider provider) {
    TlsPair.End client = connected(scope(provider));
    byte[] records = server.message(NEW_SESSION_TICKET, new byte[LONGER_THAN_ANY_LIMIT]);
    byte[] most = java.util.Arrays.copyOf(records, LONGER_THAN_ANY_LIMIT / 2);
    assertThatThrownBy(() -> client.receive(most)).isInstanceOf(TransferException.class);
    client.core.discard();
  }

  /** The limit that the JDK keeps, 128 GiB, made small for a process of its own. */
  @Test
  @Conforms("TLS-041")
  void keysOfALongStreamAreUpdatedBeforeTheirLimit(@TempDir Path directory) throws Exception {
    Path security = directory.resolve("small.security");
    Files.writeString(
        security,
        "jdk.tls.keyLimits=AES/GCM/NoPadding KeyUpdate 2^20, ChaCha20-Poly1305 KeyUpdate 2^20\n");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Djava.security.properties=" + security,
                    "-cp",
                    System.getProperty("java.class.path"),
                    LongStream.class.getName()))
            .redirectErrorStream(true)
            .start();
    String output = read(process);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
    assertThat(output).contains("whole");
    assertThat(Integer.parseInt(output.replaceAll("(?s).*updates (\\d+).*", "$1")))
        .isBetween(LongStream.MEBIBYTES - 2, LongStream.MEBIBYTES + 2);
  }

  private static String read(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private TlsPair.End connected(TlsClientScope scope) {
    TlsPair.End client = new TlsPair.End(scope.first());
    for (byte[] said = client.output(); said.length > 0; said = client.output()) {
      byte[] answer = server.converse(said);
      if (answer.length > 0) {
        client.receive(answer);
      }
    }
    assertThat(client.session().version()).isEqualTo(TlsVersion.TLS_1_3);
    return client;
  }

  private TlsClientScope scope(TlsProvider provider) {
    TlsClientOptions options =
        TlsClientOptions.DEFAULT
            .withProvider(provider)
            .withVerification(
                PeerVerification.pinned(PeerVerification.pin(certificate.certificate())));
    return TlsConnector.of(options).session("localhost", 21);
  }

  /** Good for a day; a nonce of one octet, a ticket of 32, no extension. */
  private static byte[] ticket(int nonce) {
    return ByteBuffer.allocate(4 + 4 + 2 + 2 + 32 + 2)
        .putInt(86_400)
        .putInt(7)
        .put((byte) 1)
        .put((byte) nonce)
        .putShort((short) 32)
        .put(new byte[32])
        .putShort((short) 0)
        .array();
  }
}
