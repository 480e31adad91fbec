package dev.sluice.sftp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sftp.SftpVersion;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every packet of every version, both ways. */
final class PacketTest {
  static Stream<Arguments> requests() {
    return Arrays.stream(SftpVersion.values())
        .flatMap(
            version -> Samples.requests(version).stream().map(it -> Arguments.of(version, it)));
  }

  static Stream<Arguments> responses() {
    return Arrays.stream(SftpVersion.values())
        .flatMap(
            version -> Samples.responses(version).stream().map(it -> Arguments.of(version, it)));
  }

  @Test
  void everyKindOfPacketHasASample() {
    Set<Class<?>> sampled = new HashSet<>();
    for (SftpVersion version : SftpVersion.values()) {
      Samples.responses(version).forEach(it -> sampled.add(it.getClass()));
      for (SftpRequest request : Samples.requests(version)) {
        sampled.add(
            request instanceof Extended extended
                ? extended.extension().getClass()
                : request.getClass());
      }
    }

    assertThat(kinds(SftpResponse.class)).isNotEmpty().isSubsetOf(sampled);
    assertThat(kinds(HandleRequest.class)).isNotEmpty().isSubsetOf(sampled);
    assertThat(kinds(PathRequest.class)).isNotEmpty().isSubsetOf(sampled);
    assertThat(kinds(OpenSshExtension.class)).isNotEmpty().isSubsetOf(sampled);
    assertThat(kinds(DraftExtension.class)).isNotEmpty().isSubsetOf(sampled);
  }

  @ParameterizedTest
  @MethodSource("requests")
  @Conforms({"SFTP-001", "SFTP-099"})
  void aRequestThatIsWrittenIsReadBack(SftpVersion version, SftpRequest request) {
    Dialect dialect = Dialect.of(version);
    byte[] octets = octets(request, dialect);

    SftpRequest read = PacketDecoder.request(Unpooled.wrappedBuffer(octets), dialect);

    assertThat(read).hasSameClassAs(request);
    assertThat(read.id()).isEqualTo(request.id());
    assertThat(octets(read, dialect)).isEqualTo(octets);
  }

  @ParameterizedTest
  @MethodSource("responses")
  @Conforms({"SFTP-001", "SFTP-099", "SFTP-107"})
  void aResponseThatIsWrittenIsReadBack(SftpVersion version, SftpResponse response) {
    Dialect dialect = Dialect.of(version);
    byte[] octets = octets(response, dialect);

    SftpResponse read = PacketDecoder.response(Unpooled.wrappedBuffer(octets), dialect);

    assertThat(read).hasSameClassAs(response);
    assertThat(octets(read, dialect)).isEqualTo(octets);
  }

  @ParameterizedTest
  @MethodSource("requests")
  @Conforms({"SFTP-012", "SFTP-013"})
  void aRequestCutAnywhereIsRefusedAndOctetsBehindItAreIgnored(
      SftpVersion version, SftpRequest request) {
    Dialect dialect = Dialect.of(version);
    byte[] octets = octets(request, dialect);
    boolean open = request instanceof PathRequest.Realpath && version == SftpVersion.V6;

    for (int length = 1; length < octets.length && !open; length++) {
      ByteBuf cut = Unpooled.wrappedBuffer(octets, 0, length);
      assertThatThrownBy(() -> PacketDecoder.request(cut, dialect))
          .as("cut after %d of %d", length, octets.length)
          .isInstanceOf(SshViolation.class);
    }
    if (!open) {
      byte[] longer = Arrays.copyOf(octets, octets.length + 3);
      SftpRequest read = PacketDecoder.request(Unpooled.wrappedBuffer(longer), dialect);
      assertThat(octets(read, dialect)).isEqualTo(octets);
    }
  }

  @ParameterizedTest
  @EnumSource(SftpVersion.class)
  @Conforms({"SFTP-011", "SFTP-112"})
  void aTypeThatTheVersionDoesNotHaveIsUnknown(SftpVersion version) {
    int foreign = version == SftpVersion.V6 ? PathRequest.Symlink.TYPE : PathRequest.Link.TYPE;
    for (int type : new int[] {0, 99, 101, 199, 255, foreign}) {
      ByteBuf in = Unpooled.buffer().writeByte(type).writeInt(77).writeInt(5);

      assertThat(PacketDecoder.request(in, Dialect.of(version)))
          .isEqualTo(new UnknownRequest(77, type));
    }
  }

  @Test
  @Conforms("SFTP-045")
  void anExtensionThatIsNotKnownKeepsItsName() {
    SftpRequest request = new Extended(4, new Extension.Unknown("x@example.com"));
    Dialect dialect = Dialect.of(SftpVersion.V3);

    assertThat(PacketDecoder.request(Unpooled.wrappedBuffer(octets(request, dialect)), dialect))
        .isEqualTo(request);
  }

  @Test
  @Conforms("SFTP-044")
  void symlinkHasItsTargetFirstUnlessThePeerFollowsTheDraft() {
    SftpRequest request = new PathRequest.Symlink(1, "link", "target");

    byte[] openSsh = octets(request, Dialect.of(SftpVersion.V3));
    byte[] drafted = octets(request, new Dialect(SftpVersion.V3, true));

    assertThat(new String(openSsh, 9, 6, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("target");
    assertThat(new String(drafted, 9, 4, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("link");
  }

  @Test
  @Conforms("SFTP-030")
  void offsetsAndSizesAbove63BitsAreRefused() {
    ByteBuf read = Unpooled.buffer().writeByte(HandleRequest.Read.TYPE).writeInt(1);
    Samples.HANDLE.write(read);
    read.writeLong(-1).writeInt(1);
    ByteBuf attributes =
        Unpooled.buffer().writeByte(SftpResponse.Attrs.TYPE).writeInt(1).writeInt(1).writeLong(-1);
    Dialect dialect = Dialect.of(SftpVersion.V3);

    assertThatThrownBy(() -> PacketDecoder.request(read, dialect)).isInstanceOf(SshViolation.class);
    assertThatThrownBy(() -> PacketDecoder.response(attributes, dialect))
        .isInstanceOf(SshViolation.class);
  }

  @Test
  @Conforms("SFTP-047")
  void aStatusMayEndBehindItsCode() {
    ByteBuf in = Unpooled.buffer().writeByte(SftpResponse.Status.TYPE).writeInt(1).writeInt(2);

    assertThat(PacketDecoder.response(in, Dialect.of(SftpVersion.V3)))
        .isInstanceOfSatisfying(
            SftpResponse.Status.class,
            status -> {
              assertThat(status.code()).isEqualTo(2);
              assertThat(status.message()).isEmpty();
            });
  }

  @Test
  @Conforms("SFTP-050")
  void aHandleOfMoreThan256OctetsIsRefused() {
    ByteBuf in = Unpooled.buffer().writeByte(SftpResponse.Handle.TYPE).writeInt(1);
    in.writeInt(257).writeZero(257);

    assertThatThrownBy(() -> PacketDecoder.response(in, Dialect.of(SftpVersion.V3)))
        .isInstanceOf(SshViolation.class);
  }

  /** From the type on. */
  static byte[] octets(SftpPacket packet, Dialect dialect) {
    ByteBuf header = packet.header(ByteBufAllocator.DEFAULT, dialect);
    ByteBuf whole = Unpooled.copiedBuffer(header, packet.payload());
    header.release();
    assertThat(whole.readInt()).isEqualTo(whole.readableBytes());
    return ByteBufUtil.getBytes(whole);
  }

  private static Stream<Class<?>> kinds(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses());
  }
}
