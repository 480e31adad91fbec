package dev.sluice.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.LimitExceeded;
import dev.sluice.api.TimedOut;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.test.Conforms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ids and deadlines, without a clock. */
final class PendingRequestsTest {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final long SECOND = 1_000_000_000L;

  private final List<Object> heard = new ArrayList<>();

  @Test
  @Conforms("SFTP-055")
  void idsInUseAreSkippedWhenTheCounterHasGoneRound() {
    PendingRequests pending = new PendingRequests(-2, LONGEST);

    assertThat(add(pending, 0)).isEqualTo(-2);
    assertThat(add(pending, 0)).isEqualTo(-1);
    assertThat(add(pending, 0)).isZero();
    PendingRequests again = new PendingRequests(5, LONGEST);
    add(again, 0);
    for (int i = 0; i < 3; i++) {
      again.answer(ok(add(again, 0)), 0);
    }
    assertThat(again.size()).isEqualTo(1);
  }

  @Test
  @Conforms("SFTP-065")
  void aRequestWithoutAnAnswerEndsAtItsDeadlineAndNotBefore() {
    PendingRequests pending = new PendingRequests(1, LONGEST);
    add(pending, 0);
    add(pending, 5 * SECOND);

    assertThat(pending.untilDeadline(SECOND)).isEqualTo(9 * SECOND);
    pending.expire(10 * SECOND - 1);
    assertThat(heard).isEmpty();
    pending.expire(10 * SECOND);

    assertThat(heard).hasSize(1).first().isInstanceOf(TimedOut.class);
    assertThat(pending.untilDeadline(10 * SECOND)).isEqualTo(5 * SECOND);
  }

  @Test
  void timeRunsFromWhenTheRequestBeforeWasAnswered() {
    PendingRequests pending = new PendingRequests(1, LONGEST);
    int first = add(pending, 0);
    int second = add(pending, 0);
    add(pending, 0);
    pending.answer(ok(first), 9 * SECOND);
    pending.answer(ok(second), 18 * SECOND);
    heard.clear();

    assertThat(pending.untilDeadline(18 * SECOND)).isEqualTo(10 * SECOND);
    pending.expire(28 * SECOND - 1);
    assertThat(heard).isEmpty();
    pending.expire(28 * SECOND);

    assertThat(heard).hasSize(1);
  }

  @Test
  void answersToLaterRequestsDoNotKeepOneAlive() {
    PendingRequests pending = new PendingRequests(1, LONGEST);
    add(pending, 0);
    int second = add(pending, 0);
    pending.answer(ok(second), 9 * SECOND);
    heard.clear();

    pending.expire(10 * SECOND);

    assertThat(heard).hasSize(1).first().isInstanceOf(TimedOut.class);
  }

  @Test
  void answersTellWhatThePathTakes() {
    PendingRequests pending = new PendingRequests(1, LONGEST);
    int first = add(pending, 0);
    int second = add(pending, SECOND);
    pending.answer(ok(first), 3 * SECOND);
    pending.answer(ok(second), 3 * SECOND);

    assertThat(pending.roundTrip().nanos()).isEqualTo(2 * SECOND);
  }

  @Test
  void anAnswerThatComesTooLateIsDroppedOnce() {
    PendingRequests pending = new PendingRequests(1, LONGEST);
    int id = add(pending, 0);
    pending.expire(10 * SECOND);

    pending.answer(ok(id), 10 * SECOND);

    assertThat(heard).hasSize(1);
    assertThatThrownBy(() -> pending.answer(ok(id), 10 * SECOND)).isInstanceOf(SshViolation.class);
  }

  @Test
  void aServerThatAnswersNothingAnyMoreIsGivenUp() {
    PendingRequests pending = new PendingRequests(1, LONGEST);
    for (int i = 0; i <= PendingRequests.MOST_LATE; i++) {
      add(pending, 0);
    }

    assertThatThrownBy(() -> pending.expire(10 * SECOND)).isInstanceOf(LimitExceeded.class);
  }

  @Test
  @Conforms("SFTP-065")
  void everyRequestEndsExactlyOnce() {
    PendingRequests pending = new PendingRequests(1, LONGEST);
    pending.answer(ok(add(pending, 0)), 0);
    add(pending, 0);
    RuntimeException cause = new IllegalStateException("over");

    pending.failAll(cause);
    pending.failAll(cause);

    assertThat(heard).hasSize(2).last().isSameAs(cause);
  }

  private int add(PendingRequests pending, long now) {
    int id = pending.next();
    pending.add(
        id,
        0,
        new Reply() {
          @Override
          public void onResponse(SftpResponse response) {
            heard.add(response);
          }

          @Override
          public void onFailure(Throwable cause) {
            heard.add(cause);
          }
        },
        now);
    return id;
  }

  private static SftpResponse ok(int id) {
    return SftpResponse.Status.of(id, StatusCode.OK, "", SftpVersion.V3);
  }
}
