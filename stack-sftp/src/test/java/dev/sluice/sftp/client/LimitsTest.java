package dev.sluice.sftp.client;

import static dev.sluice.sftp.client.DownloadTest.octets;
import static dev.sluice.sftp.client.ScriptedServer.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.ByteRange;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.SftpVersions;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.ExtensionReply.ServerLimits;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.ServerOffer.Supported;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** How much one READ asks for and one WRITE carries. */
@Conforms("SFTP-058")
final class LimitsTest {
  private static final RemotePath FILE = RemotePath.of("/file");
  private static final byte[] CONTENT = octets(900_000);
  private static final Map<String, byte[]> LIMITS = Map.of("limits@openssh.com", new byte[] {'1'});

  private final OneFile file = new OneFile(CONTENT);
  private final AtomicInteger longestWrite = new AtomicInteger();

  @Test
  void isWhatEveryServerTakesWhereTheServerSaysNothing() {
    ScriptedServer server = new ScriptedServer(this::answer);
    move(server.session());

    assertThat(longestRead(server)).isEqualTo(32_768);
    assertThat(longestWrite.get()).isEqualTo(32_768);
  }

  @ParameterizedTest
  @CsvSource({
    "100000, 50000, 100000, 50000",
    "261120, 261120, 261120, 261120",
    "1000000, 1000000, 261120, 261120",
    "0, 0, 32768, 32768",
    "1000, 2000, 1000, 2000"
  })
  void isWhatTheServersLimitsAllow(long read, long write, long asked, int carried) {
    ScriptedServer server =
        new ScriptedServer(
                (request, far) -> {
                  if (request instanceof Extended) {
                    byte[] limits = new ServerLimits(0, read, write, 0).encode();
                    far.send(new SftpResponse.ExtendedReply(request.id(), limits));
                  } else {
                    answer(request, far);
                  }
                })
            .speaking(3, LIMITS);
    move(server.session());

    assertThat(longestRead(server)).isEqualTo(asked);
    assertThat(longestWrite.get()).isEqualTo(carried);
  }

  @Test
  void isWhatEveryServerTakesWhereTheServerDoesNotAnswerAfterAll() {
    ScriptedServer server =
        new ScriptedServer(
                (request, far) -> {
                  if (request instanceof Extended) {
                    far.status(request.id(), StatusCode.OP_UNSUPPORTED);
                  } else {
                    answer(request, far);
                  }
                })
            .speaking(3, LIMITS);
    move(server.session());

    assertThat(longestRead(server)).isEqualTo(32_768);
  }

  @Test
  void isWhatVersion5SaysOfReading() {
    byte[] supported = new Supported(-1, 0, -1, -1, 60_000, List.of()).encode();
    ScriptedServer server =
        new ScriptedServer(this::answer).speaking(5, Map.of("supported", supported));
    move(server.session(ScriptedServer.SETTINGS.withVersions(SftpVersions.only(SftpVersion.V5))));

    assertThat(longestRead(server)).isEqualTo(60_000);
  }

  private void answer(SftpRequest request, ScriptedServer far) {
    if (request instanceof HandleRequest.Write write) {
      longestWrite.accumulateAndGet(write.data().readableBytes(), Math::max);
    }
    file.on(request, far);
  }

  private static void move(SftpSession session) {
    session.read(FILE, ByteRange.all()).doOnNext(ByteBuf::release).then().block(WAIT);
    session
        .write(
            FILE,
            new WriteMode.Replace(false),
            Mono.fromSupplier(() -> Unpooled.wrappedBuffer(CONTENT)))
        .block(WAIT);
  }

  private static long longestRead(ScriptedServer server) {
    return server.seen().stream()
        .filter(HandleRequest.Read.class::isInstance)
        .mapToLong(read -> ((HandleRequest.Read) read).length())
        .max()
        .orElse(0);
  }
}
