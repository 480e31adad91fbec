package dev.sluice.ftp.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.LimitExceeded;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.ProtectionRefused;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.TimedOut;
import dev.sluice.api.TransferException;
import dev.sluice.ftp.FtpReply;
import dev.sluice.test.Conforms;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ReplyErrorsTest {
  private static final Set<FileError> MAY_WORK_LATER =
      EnumSet.of(FileError.BUSY, FileError.IO_ERROR, FileError.NO_SPACE, FileError.INTERRUPTED);

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND, 550",
    "PERMISSION_DENIED, 550",
    "IS_A_DIRECTORY, 550",
    "ALREADY_EXISTS, 550",
    "BUSY, 450",
    "IO_ERROR, 451",
    "NO_SPACE, 452",
    "QUOTA_EXCEEDED, 552",
    "INVALID_NAME, 553",
    "OUT_OF_RANGE, 554",
    "INTERRUPTED, 426"
  })
  @Conforms("FTP-098")
  void aFailureOfAFileHasItsCode(FileError error, int code) {
    assertThat(ReplyErrors.toReply(new FileFailure(error, "secret place")).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource
  @Conforms("FTP-099")
  void whatMayWorkLaterIsTransientAndAllElsePermanent(FileError error) {
    FtpReply reply = ReplyErrors.toReply(new FileFailure(error, "x"));

    assertThat(reply.isTransientNegative()).isEqualTo(MAY_WORK_LATER.contains(error));
  }

  @ParameterizedTest
  @EnumSource
  @Conforms("FTP-098")
  void noReplyTellsWhatTheStorageSaid(FileError error) {
    FtpReply reply = ReplyErrors.toReply(new FileFailure(error, "/srv/real/root"));

    assertThat(reply.isNegative()).isTrue();
    assertThat(reply.describe()).doesNotContain("/srv");
  }

  @Test
  @Conforms({"FTP-098", "FTP-100", "FTP-200"})
  void aBrokenTransferHasItsCode() {
    assertThat(ReplyErrors.toReply(new TimedOut("data", Duration.ofSeconds(1))).code())
        .isEqualTo(426);
    assertThat(ReplyErrors.toReply(new IOException("reset")).code()).isEqualTo(426);
    assertThat(ReplyErrors.toReply(new PeerMisbehaved("corrupt")).code()).isEqualTo(426);
    assertThat(ReplyErrors.toReply(new LimitExceeded("too long")).code()).isEqualTo(452);
    assertThat(ReplyErrors.toReply(new IllegalStateException("a bug")).code()).isEqualTo(451);
  }

  @ParameterizedTest
  @CsvSource({
    "450, x, BUSY",
    "451, x, IO_ERROR",
    "452, x, NO_SPACE",
    "425, x, INTERRUPTED",
    "426, x, INTERRUPTED",
    "502, x, UNSUPPORTED",
    "552, x, QUOTA_EXCEEDED",
    "553, x, INVALID_NAME",
    "554, x, OUT_OF_RANGE",
    "499, x, BUSY",
    "550, f: No such file or directory, NOT_FOUND",
    "550, Permission denied, PERMISSION_DENIED",
    "550, Operation not permitted, PERMISSION_DENIED",
    "550, File exists, ALREADY_EXISTS",
    "550, File does not exist, NOT_FOUND",
    "550, The file doesn't exist, NOT_FOUND",
    "550, Directory not empty, DIRECTORY_NOT_EMPTY",
    "550, f: not a plain file., IS_A_DIRECTORY",
    "550, Not a directory, NOT_A_DIRECTORY"
  })
  @Conforms("FTP-022")
  void aRefusalIsAFailureOfTheFileWithItsCause(int code, String text, FileError error) {
    TransferException failure = ReplyErrors.toFailure(FtpReply.of(code, text), "RETR f");

    assertThat(failure)
        .isInstanceOfSatisfying(
            FileFailure.class, file -> assertThat(file.error()).isEqualTo(error))
        .hasMessageContaining("RETR f")
        .hasMessageContaining(text);
  }

  @Test
  @Conforms("FTP-027")
  void serviceClosingEndsTheSession() {
    assertThat(ReplyErrors.toFailure(FtpReply.of(421, "going down"), "NOOP"))
        .isInstanceOf(SessionClosed.class)
        .hasMessageContaining("going down");
  }

  @Test
  @Conforms({"FTP-036", "FTP-212"})
  void loginAndProtectionHaveFailuresOfTheirOwn() {
    assertThat(ReplyErrors.toFailure(FtpReply.of(530, "no"), "PASS ****"))
        .isInstanceOf(AuthenticationFailed.class);
    for (int code : new int[] {521, 522, 534}) {
      assertThat(ReplyErrors.toFailure(FtpReply.of(code, "no"), "RETR f"))
          .isInstanceOf(ProtectionRefused.class)
          .hasMessageContaining("protection level");
    }
  }
}
