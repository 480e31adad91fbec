package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that speak something else: the command says at once what answered, and what to try. */
final class WrongDoorIT {
  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({
    "ftp, SSH-2.0-OpenSSH_9.2p1, sftp://",
    "sftp, 220 ready, ftp://",
    "sftp, HTTP/1.1 400 Bad Request, HTTP",
    "ftps, 220 ready, ftpes://",
    "ftps, SSH-2.0-OpenSSH_9.2p1, sftp://",
    "ftpes, SSH-2.0-OpenSSH_9.2p1, sftp://"
  })
  void theFirstWordsOfTheServerDecide(String scheme, String words, String advice) throws Exception {
    try (Door door = new Door(words);
        SluiceProcess sluice = ls(scheme, door.port())) {
      assertThat(sluice.status()).isEqualTo(3);
      assertThat(sluice.err()).contains(advice).doesNotContain("Exception", "error(");
    }
  }

  @Test
  void aServerWithoutTlsIsNamedAsOne() throws Exception {
    try (Door door = new Door("220 ready");
        SluiceProcess sluice = ls("ftpes", door.port())) {
      assertThat(sluice.status()).isEqualTo(3);
      assertThat(sluice.err()).contains("ftp://");
    }
  }

  @Test
  void nothingThatListensIsOnePlainLine() throws Exception {
    for (String scheme : new String[] {"ftp", "ftps", "sftp"}) {
      try (SluiceProcess sluice = ls(scheme, 1)) {
        assertThat(sluice.status()).isEqualTo(3);
        assertThat(sluice.err().lines())
            .singleElement()
            .asString()
            .contains("127.0.0.1:1", "connection refused");
      }
    }
  }

  private SluiceProcess ls(String scheme, int port) {
    return SluiceProcess.startWithPassword(
        home, "secret", "ls", scheme + "://ann@127.0.0.1:" + port + "/");
  }

  /** Says the same to everybody who comes, and waits until he leaves. */
  private static final class Door implements AutoCloseable {
    private final ServerSocket listener;
    private final byte[] words;

    Door(String words) throws IOException {
      this.listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
      this.words = (words + "\r\n").getBytes(StandardCharsets.US_ASCII);
      Thread thread = new Thread(this::answer, "door");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return listener.getLocalPort();
    }

    private void answer() {
      while (!listener.isClosed()) {
        try (Socket caller = listener.accept()) {
          caller.getOutputStream().write(words);
          caller.getOutputStream().flush();
          refuse(caller);
        } catch (IOException e) {
          // The caller has left, or the door is closed.
        }
      }
    }

    /** One answer a line, as from a server that has no command at all. */
    private static void refuse(Socket caller) throws IOException {
      for (int octet = caller.getInputStream().read();
          octet >= 0;
          octet = caller.getInputStream().read()) {
        if (octet == '\n') {
          caller.getOutputStream().write("502 not here\r\n".getBytes(StandardCharsets.US_ASCII));
        }
      }
    }

    @Override
    public void close() {
      try {
        listener.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
