package dev.sluice.ssh.kex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.test.Conforms;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which groups are asked for, given and taken in a group exchange (RFC 4419, RFC 8270). */
final class GroupRequestTest {
  private static final BigInteger P = DhGroup.GROUP_14.p();

  @ParameterizedTest
  @CsvSource({
    "2048, 2048, 8192, 2048",
    "1024, 1024, 8192, 2048",
    "2048, 3072, 8192, 4096",
    "2048, 8192, 8192, 8192",
    "2048, 8192, 4096, 0",
    "2048, 4000, 4000, 2048",
    "3072, 3072, 4000, 0",
    "4096, 2048, 8192, 0",
    "1024, 1024, 1024, 0"
  })
  @Conforms("SSH-062")
  void theServerGivesTheSmallestGroupThatIsLargeEnoughAndNoneForWhatMakesNoSense(
      long min, long preferred, long max, int bits) {
    GroupRequest request = new GroupRequest(min, preferred, max);

    if (bits == 0) {
      assertThatThrownBy(request::choose).isInstanceOf(SshViolation.class);
    } else {
      assertThat(request.choose().bits()).isEqualTo(bits);
    }
  }

  @Test
  @Conforms("SSH-061")
  void theClientAsksForNothingBelow2048OrAbove8192() {
    assertThat(GroupRequest.OURS.min()).isGreaterThanOrEqualTo(2048);
    assertThat(GroupRequest.OURS.max()).isLessThanOrEqualTo(8192);
  }

  @Test
  @Conforms("SSH-061")
  void theClientRefusesGroupsThatItDidNotAskForOrThatAreNone() {
    assertThatCode(() -> check(P, BigInteger.TWO)).doesNotThrowAnyException();
    assertThatCode(() -> check(P, P.subtract(BigInteger.TWO))).doesNotThrowAnyException();

    assertRefused(P.shiftRight(1).setBit(0), BigInteger.TWO); // 2047 bits
    assertRefused(BigInteger.ONE.shiftLeft(8192).setBit(0), BigInteger.TWO);
    assertRefused(P.clearBit(0), BigInteger.TWO);
    assertRefused(P, BigInteger.ZERO);
    assertRefused(P, BigInteger.ONE);
    assertRefused(P, P.subtract(BigInteger.ONE));
    assertRefused(P, P);
  }

  private static void assertRefused(BigInteger p, BigInteger g) {
    assertThatThrownBy(() -> check(p, g)).isInstanceOf(SshViolation.class);
  }

  private static void check(BigInteger p, BigInteger g) {
    GroupRequest.OURS.check(new DhGroup(p, g));
  }
}
