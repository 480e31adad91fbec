package dev.sluice.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes that other programs made of the same password. */
final class PasswordHashTest {
  private static final String PASSWORD = "correct horse €";
  private static final String ARGON = "$argon2id$v=19$m=64,t=2,p=1$";
  private static final String TAG = "$6C517zu3eJWpOyFD/Zv37yNGxW1lJwZHYvePTu+CU8o";

  @ParameterizedTest
  @ValueSource(
      strings = {
        // openssl passwd -1, -apr1, -5, -6
        "$1$saltsalt$ogAGcAkTihvi6bidxfpaW0",
        "$apr1$ab$uIpBQZ6iFzj5QMJxwJMY9/",
        "$5$abcdefgh$s3aRUhpNcSaRh5yNNABN6X9h4gSN8/HTOitWF6s6Fm8",
        "$6$0123456789abcdef$.DmkU7qCsKIGdqNB6boG36Snv22UnvRItAQG0yP7Uvjcbxl/.flGGMUM5t8wP35952cArgAKaWaoe.7C2J0f//",
        // mkpasswd -m sha512crypt, sha256crypt, bcrypt, bcrypt-a
        "$6$rounds=1234$saltstring$pQP9Fg4e9Ez/dVDAJrAagcpS9tMmoyXqEBudtbgEXnG3Vu/ZF1Pdg2FJ5vPKrkt6OPWGjj0SN5xkP7mQ03N5E0",
        "$5$rounds=9999$saltstring$9FXOCKl0Z8rLAbk7eQNqxwq4Cc0bGS6HBtzVaB0aoH5",
        "$2b$05$fJf/C.I0y7.CDGphmGhbPOAbm18MmPVZUC4WNOfvVttjcg6cIc22S",
        "$2a$05$zRKPQgbl75NumPLybi0M..I/t3PSUCc.CnAjfu3Cvf7xL3sTXwCA6",
        // htpasswd -nbB, -nbm
        "$2y$05$cIzb0WC2wQijDXAYZl319uwN0iaHurRI3OIjjM0FfnyBvBRjQFNIS",
        "$apr1$4q0MieQb$S4s3o00CVuKbt/o4DkFiB.",
        // argon2 -id -e
        "$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQ$6C517zu3eJWpOyFD/Zv37yNGxW1lJwZHYvePTu+CU8o",
        "$argon2id$v=19$m=4096,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$1hAgplVb3gB8ZIjubkId/NT7YoN98WDa"
      })
  void aHashOfAnotherProgramLetsItsPasswordInAndNoOther(String text) {
    PasswordHash hash = PasswordHash.parse(text);

    assertThat(hash.matches(PASSWORD)).isTrue();
    assertThat(hash.matches("correct horse")).isFalse();
    assertThat(hash.matches("")).isFalse();
    assertThat(hash.text()).isEqualTo(text);
    assertThat(hash.toString()).endsWith("$***").hasSizeLessThan(16);
  }

  @Test
  void longPasswordsCountAsFarAsInOtherPrograms() {
    // mkpasswd, of 80 and of 300 letters x
    PasswordHash bcrypt =
        PasswordHash.parse("$2b$05$mKbhzMxhH3EsWhSRmAbtI.d4SE4wkBMUw.qUDKOXZsFnvsdHovEE6");
    PasswordHash sha =
        PasswordHash.parse(
            "$6$saltstring$Ft0I09S7k3W0/lLoU7IVWx7lH2mmRFb/L3K401hnJSTdvAW2pupqvJfGzT7yzGr7gVL3oLKy.TcXRPx64Z.ZV1");

    assertThat(bcrypt.matches("x".repeat(80))).isTrue();
    assertThat(bcrypt.matches("x".repeat(72))).isTrue();
    assertThat(bcrypt.matches("x".repeat(71))).isFalse();
    assertThat(sha.matches("x".repeat(300))).isTrue();
    assertThat(sha.matches("x".repeat(299))).isFalse();
  }

  @Test
  void aNewHashIsArgon2idWithASaltOfItsOwn() {
    PasswordHash one = PasswordHash.of(PASSWORD);
    PasswordHash two = PasswordHash.of(PASSWORD);

    assertThat(one.text()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(two.text());
    assertThat(PasswordHash.parse(one.text()).matches(PASSWORD)).isTrue();
    assertThat(one.kibibytes()).isEqualTo(19456);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=262145,t=1,p=1$c29tZXNhbHQ" + TAG,
        "$argon2id$v=19$m=262144,t=5,p=1$c29tZXNhbHQ" + TAG,
        "$argon2id$v=19$m=64,t=17,p=1$c29tZXNhbHQ" + TAG,
        "$argon2id$v=19$m=1024,t=1,p=17$c29tZXNhbHQ" + TAG,
        "$argon2id$v=19$m=999999999,t=999999999,p=1$c29tZXNhbHQ" + TAG,
        "$argon2id$v=19$m=15,t=1,p=2$c29tZXNhbHQ" + TAG,
        "$2b$16$fJf/C.I0y7.CDGphmGhbPOAbm18MmPVZUC4WNOfvVttjcg6cIc22S",
        "$2b$03$fJf/C.I0y7.CDGphmGhbPOAbm18MmPVZUC4WNOfvVttjcg6cIc22S",
        "$5$rounds=1000001$saltstring$9FXOCKl0Z8rLAbk7eQNqxwq4Cc0bGS6HBtzVaB0aoH5",
        "$5$rounds=999$saltstring$9FXOCKl0Z8rLAbk7eQNqxwq4Cc0bGS6HBtzVaB0aoH5"
      })
  void aHashThatCostsTooMuchOrTooLittleIsRefusedWithTheBounds(String text) {
    assertThatThrownBy(() -> PasswordHash.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("asks for ")
        .hasMessageContaining(" may ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "$argon2i$v=19$m=64,t=2,p=1$c29tZXNhbHQ$TybGy0Br6W1t3q1G7qOKa4wuCqkK+lrf9Ep44fh7xaE",
        "$argon2id$v=16$m=64,t=2,p=1$c29tZXNhbHQ" + TAG,
        "$argon2id$m=64,t=2,p=1$c29tZXNhbHQ" + TAG,
        "$argon2id$v=19$m=0,t=2,p=1$c29tZXNhbHQ" + TAG,
        ARGON + "c29tZQ" + TAG,
        ARGON + "c29tZXNhbHQ$AAAA",
        ARGON + "c29tZXNhbHR" + "/" + TAG + TAG,
        ARGON + "c29tZXNhbHQ" + TAG + " ",
        "$2x$05$fJf/C.I0y7.CDGphmGhbPOAbm18MmPVZUC4WNOfvVttjcg6cIc22S",
        "$2b$05$fJf/C.I0y7.CDGphmGhbPOAbm18MmPVZUC4WNOfvVttjcg6cIc22",
        "$5$abcdefgh$.DmkU7qCsKIGdqNB6boG36Snv22UnvRItAQG0yP7Uvjcbxl/.flGGMUM5t8wP35952cArgAKaWaoe.7C2J0f//",
        "$6$abcdefgh$s3aRUhpNcSaRh5yNNABN6X9h4gSN8/HTOitWF6s6Fm8",
        "$1$saltsalty$ogAGcAkTihvi6bidxfpaW0",
        "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$6foLM1JhGupouWKMU70wxK61Kw9ZnecbACjJwRadqM2"
      })
  void aTextThatIsNoHashIsRefusedAndNotRepeated(String text) {
    assertThatThrownBy(() -> PasswordHash.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s).*(write|no base64|it needs).*")
        .satisfies(
            refused -> {
              if (!text.isEmpty()) {
                assertThat(refused.toString()).doesNotContain(text);
              }
            });
  }
}
