package dev.sluice.ssh.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.LimitExceeded;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.test.Chunks;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentificationReaderTest {
  private final List<String> greeting = new ArrayList<>();

  @Test
  @Conforms({"SSH-006", "SSH-008"})
  void theLineIsKeptAsSentHoweverItArrivesAndWhatFollowsStays() {
    String line = "SSH-2.0-OpenSSH_9.2p1 Debian comment  ";
    byte[] octets = (line + "\r\nrest").getBytes(StandardCharsets.US_ASCII);

    Chunks.buffers(octets)
        .forEach(
            parts -> {
              IdentificationReader reader = reader(true);
              Identification found = null;
              int unread = 0;
              for (ByteBuf part : parts) {
                found = found == null ? reader.read(part) : found;
                unread += part.readableBytes();
              }
              assertThat(found).isNotNull();
              assertThat(found.octets()).isEqualTo(line.getBytes(StandardCharsets.US_ASCII));
              assertThat(unread).isEqualTo("rest".length());
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-x\n", "SSH-2.0-x\r\n", "SSH-1.99-x\r\n"})
  @Conforms({"SSH-005", "SSH-007"})
  void bothLineEndsAndBothVersionsAreTaken(String line) {
    assertThat(read(true, line)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SSH-1.5-x\r\n", "SSH-3.0-x\r\n", "SSH-2-x\r\n", "SSH-\r\n", "SSH-2.0\r x\n"})
  @Conforms("SSH-007")
  void anotherVersionIsRefused(String line) {
    assertThatThrownBy(() -> read(true, line)).isInstanceOf(PeerMisbehaved.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-x\0\r\n", "SSH-2.0-x\ry\n"})
  @Conforms("SSH-005")
  void nulAndCrWithoutLfAreRefused(String line) {
    assertThatThrownBy(() -> read(true, line)).isInstanceOf(PeerMisbehaved.class);
  }

  @Test
  @Conforms("SSH-003")
  void aServerMayGreetFirst() {
    assertThat(read(true, "hello\u001b[2J\r\n\r\nSSH-2.0-x\r\n")).isNotNull();
    assertThat(greeting).hasSize(2).noneMatch(line -> line.contains("\u001b"));
  }

  @Test
  @Conforms("SSH-003")
  void aServerMayNotGreetWithoutEnd() {
    assertThatThrownBy(() -> read(true, "x\n".repeat(1025))).isInstanceOf(LimitExceeded.class);
    assertThatThrownBy(() -> read(true, "x".repeat(8193))).isInstanceOf(LimitExceeded.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n", "SSX", "\r\n", "hello\r\nSSH-2.0-x\r\n"})
  @Conforms("SSH-004")
  void aClientMustIdentifyItselfAtOnce(String text) {
    assertThatThrownBy(() -> read(false, text)).isInstanceOf(PeerMisbehaved.class);
  }

  @Test
  @Conforms("SSH-009")
  void aLineWithoutEndIsNotKept() {
    assertThatThrownBy(() -> read(false, "SSH-2.0-" + "x".repeat(8192)))
        .isInstanceOf(LimitExceeded.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a-b", "a\n", "\u00e9"})
  @Conforms("SSH-002")
  void aNameThatTheLineCannotCarryIsRefusedWhenItIsSet(String software) {
    assertThatThrownBy(() -> Identification.of(software))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Conforms("SSH-002")
  void theLongestLineHas255Octets() {
    assertThat(Identification.of("x".repeat(245)).encoded()).hasSize(255);
    assertThatThrownBy(() -> Identification.of("x".repeat(246)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Identification read(boolean greetingAllowed, String text) {
    return reader(greetingAllowed).read(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
  }

  private IdentificationReader reader(boolean greetingAllowed) {
    return new IdentificationReader(greetingAllowed, greeting::add);
  }
}
