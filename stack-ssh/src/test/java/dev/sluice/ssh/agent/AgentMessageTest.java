package dev.sluice.ssh.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.agent.AgentMessage.AgentIdentity;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.test.Chunks;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of agents, cut in every place. */
final class AgentMessageTest {

  static Stream<AgentMessage> messages() {
    byte[] octets = {1, 2, 3};
    return Stream.of(
        new AgentMessage.Failure(),
        new AgentMessage.Success(),
        new AgentMessage.RequestIdentities(),
        new AgentMessage.IdentitiesAnswer(List.of()),
        new AgentMessage.IdentitiesAnswer(
            List.of(new AgentIdentity(octets, "ann"), new AgentIdentity(new byte[0], ""))),
        new AgentMessage.SignRequest(octets, new byte[] {9}, 4),
        new AgentMessage.SignResponse(octets),
        new AgentMessage.SessionBind(octets, octets, octets, true));
  }

  @Test
  void everyMessageIsTested() {
    assertThat(messages().map(Object::getClass).distinct())
        .hasSameElementsAs(List.of(AgentMessage.class.getPermittedSubclasses()));
  }

  @ParameterizedTest
  @MethodSource("messages")
  @Conforms({"SSH-159", "SSH-160", "SSH-162"})
  void aMessageIsReadAsItWasWrittenHoweverItIsCut(AgentMessage message) {
    byte[] wire = Encoded.bytes(message::frame);
    Chunks.of(wire)
        .forEach(
            parts -> {
              ByteBuf received = Unpooled.buffer();
              List<AgentMessage> read = new ArrayList<>();
              for (byte[] part : parts) {
                received.writeBytes(part);
                AgentMessage next = AgentFrames.next(received);
                if (next != null) {
                  read.add(next);
                }
              }
              assertThat(read).hasSize(1);
              assertThat(Encoded.bytes(read.get(0)::frame)).isEqualTo(wire);
            });
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageThatIsCutOrHasMoreIsRefused(AgentMessage message) {
    byte[] body = Encoded.bytes(message::encode);
    for (int length = 0; length <= body.length + 1; length++) {
      if (length != body.length) {
        ByteBuf in = Unpooled.wrappedBuffer(Arrays.copyOf(body, length));
        assertThatThrownBy(() -> AgentMessage.decode(in)).isInstanceOf(SshViolation.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, AgentMessage.MAX_BYTES + 1, 0x7FFF_FFFFL, 0xFFFF_FFFFL})
  @Conforms("SSH-159")
  void aMessageOfMoreThan256KibIsRefusedBeforeItIsThere(long length) {
    ByteBuf in = Unpooled.buffer().writeInt((int) length);

    assertThatThrownBy(() -> AgentFrames.next(in)).isInstanceOf(SshViolation.class);
  }

  @Test
  @Conforms("SSH-159")
  void anAgentThatClaimsMoreKeysThanItSendsIsRefused() {
    ByteBuf in = Unpooled.buffer().writeByte(12).writeInt(0x7FFF_FFFF);

    assertThatThrownBy(() -> AgentMessage.decode(in)).isInstanceOf(SshViolation.class);
  }

  @Test
  @Conforms("SSH-160")
  void onlyRsaNeedsFlags() {
    assertThat(AgentMessage.SignRequest.flagsFor("rsa-sha2-256")).isEqualTo(2);
    assertThat(AgentMessage.SignRequest.flagsFor("rsa-sha2-512")).isEqualTo(4);
    assertThat(AgentMessage.SignRequest.flagsFor("ssh-ed25519")).isZero();
  }
}
