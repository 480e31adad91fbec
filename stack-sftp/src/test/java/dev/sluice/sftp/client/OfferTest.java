package dev.sluice.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.Capability;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.AttributeFlags;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.ServerOffer.Supported;
import dev.sluice.sftp.message.ServerOffer.Supported2;
import dev.sluice.test.Conforms;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client makes of VERSION. */
final class OfferTest {

  @Test
  @Conforms("SFTP-009")
  void anExtensionThatNobodyKnowsChangesNothing() {
    Offer offer = offer(SftpVersion.V3, Map.of("teleport@example.com", text("1")));

    assertThat(offer.capabilities()).isEqualTo(offer(SftpVersion.V3, Map.of()).capabilities());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "", "1.0", "one"})
  @Conforms("SFTP-009")
  void anExtensionOfAnotherVersionIsNotUsed(String version) {
    Offer offer = offer(SftpVersion.V3, Map.of("posix-rename@openssh.com", text(version)));

    assertThat(offer.has("posix-rename@openssh.com")).isFalse();
    assertThat(offer.names()).isEmpty();
    assertThat(offer.capabilities()).doesNotContain(Capability.ATOMIC_REPLACE);
  }

  @ParameterizedTest
  @CsvSource({
    "'3,4,5,6', V6, V6",
    "'3,4,5,6', V5, V5",
    "'2,3,4', V6, V4",
    "' 3 , 5', V6, V5",
    "'6,4', V4, V4"
  })
  @Conforms("SFTP-100")
  void theHighestListedVersionThatMayBeSpokenIsBetter(
      String listed, SftpVersion most, SftpVersion better) {
    assertThat(offer(SftpVersion.V3, Map.of("versions", text(listed))).better(most))
        .contains(better);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "", "7,8", "2", "x", "33", "4294967299"})
  @Conforms("SFTP-100")
  void noOtherVersionIsBetter(String listed) {
    assertThat(offer(SftpVersion.V3, Map.of("versions", text(listed))).better(SftpVersion.V6))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"supported", "supported2"})
  @Conforms("SFTP-115")
  void aMaskTakesCapabilitiesAway(String name) {
    Supported sizeAlone = new Supported(AttributeFlags.SIZE, 0, 7, 0, 65_536, List.of());
    byte[] data =
        name.equals("supported")
            ? sizeAlone.encode()
            : new Supported2(sizeAlone, 1, 1, List.of()).encode();
    Offer offer = offer(SftpVersion.V6, Map.of(name, data));

    assertThat(offer.maxRead()).isEqualTo(65_536);
    assertThat(offer.capabilities())
        .contains(Capability.SET_SIZE)
        .doesNotContain(
            Capability.SET_PERMISSIONS,
            Capability.SET_MODIFIED,
            Capability.SET_OWNER,
            Capability.SET_CREATED,
            Capability.APPEND);
  }

  @Test
  @Conforms("SFTP-115")
  void whoSaysNothingOfAppendingByItsFlagMaySayItByTheAccess() {
    Supported supported = new Supported(1, 0, 7, OpenHow.APPEND_DATA, 0, List.of());

    assertThat(offer(SftpVersion.V5, Map.of("supported", supported.encode())).capabilities())
        .contains(Capability.APPEND);
  }

  @Test
  @Conforms("SFTP-115")
  void aMaskThatCannotBeReadIsNone() {
    Offer offer = offer(SftpVersion.V6, Map.of("supported2", new byte[] {0, 0, 0}));

    assertThat(offer.capabilities()).contains(Capability.SET_PERMISSIONS, Capability.APPEND);
  }

  private static Offer offer(SftpVersion version, Map<String, byte[]> extensions) {
    return new Offer(version, extensions);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
