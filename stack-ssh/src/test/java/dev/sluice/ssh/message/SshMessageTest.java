package dev.sluice.ssh.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message there is, both ways. */
final class SshMessageTest {
  /** Those whose last field is whatever follows. */
  private static final Set<Class<?>> OPEN_ENDED =
      Set.of(
          ConnectionMessage.GlobalRequest.class,
          ConnectionMessage.RequestSuccess.class,
          ChannelMessage.Open.class,
          ChannelMessage.OpenConfirmation.class);

  static Stream<SshMessage> messages() {
    return Samples.ALL.keySet().stream();
  }

  @Test
  void everyKindOfMessageHasASample() {
    Set<Class<?>> sampled = messages().map(Object::getClass).collect(Collectors.toSet());

    assertThat(kinds(SshMessage.class))
        .isNotEmpty()
        .allSatisfy(kind -> assertThat(sampled).contains(kind));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void whatIsWrittenIsReadBack(SshMessage message) {
    byte[] payload = Encoded.bytes(message::encode);

    SshMessage read = decode(message, payload, payload.length);

    assertThat(payload[0] & 0xFF).isEqualTo(message.number());
    assertThat(Encoded.bytes(read::encode)).isEqualTo(payload);
  }

  @ParameterizedTest
  @MethodSource("messages")
  @Conforms("SSH-014")
  void aMessageCutAnywhereIsRefused(SshMessage message) {
    byte[] payload = Encoded.bytes(message::encode);
    int fixed = fixedPart(message, payload.length);

    for (int length = 1; length < fixed; length++) {
      int cut = length;
      assertThatThrownBy(() -> decode(message, payload, cut))
          .as("cut after %d of %d", cut, payload.length)
          .isInstanceOf(SshViolation.class);
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  @Conforms("SSH-016")
  void octetsBehindTheLastFieldAreRefused(SshMessage message) {
    if (isOpenEnded(message)) {
      return;
    }
    byte[] payload = Encoded.bytes(message::encode);

    assertThatThrownBy(
            () -> decode(message, Arrays.copyOf(payload, payload.length + 1), payload.length + 1))
        .isInstanceOf(SshViolation.class);
  }

  @Test
  void noSecretIsShown() {
    assertThat(messages().map(SshMessage::toString)).noneMatch(text -> text.contains("secret"));
    assertThat(new AuthMessage.InfoResponse(java.util.List.of("secret")).toString())
        .doesNotContain("secret");
  }

  private static SshMessage decode(SshMessage like, byte[] payload, int length) {
    ByteBuf in = Unpooled.wrappedBuffer(payload, 0, length);
    in.readByte();
    return Samples.ALL.get(like).apply(in);
  }

  /** Without the part that may be left out: open ends, and language tags that peers omit. */
  private static int fixedPart(SshMessage message, int length) {
    if (message instanceof TransportMessage.Disconnect
        || message instanceof ChannelMessage.OpenFailure) {
      return length - 4;
    }
    return isOpenEnded(message) ? length - 4 : length;
  }

  private static boolean isOpenEnded(SshMessage message) {
    boolean unknownMethod =
        message instanceof UserAuthRequest request
            && request.method() instanceof AuthMethod.Unknown;
    boolean unknownRequest =
        message instanceof ChannelRequest request && request.what() instanceof RequestType.Other;
    return unknownMethod || unknownRequest || OPEN_ENDED.contains(message.getClass());
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    Class<?>[] permitted = type.getPermittedSubclasses();
    return permitted == null
        ? Stream.of(type)
        : Arrays.stream(permitted).flatMap(SshMessageTest::kinds);
  }
}
