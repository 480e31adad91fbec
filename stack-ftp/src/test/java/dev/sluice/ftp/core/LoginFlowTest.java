package dev.sluice.ftp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.ftp.Credentials;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.test.Conforms;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoginFlowTest {
  private static final Credentials WHO = Credentials.of("me", "secret");

  @Test
  @Conforms({"FTP-036", "FTP-038"})
  void userPasswordIsTheUsualWay() {
    assertThat(sent(WHO, 331, 230)).containsExactly("USER me", "PASS secret");
    assertThat(sent(WHO, 331, 202)).containsExactly("USER me", "PASS secret");
  }

  @Test
  @Conforms("FTP-036")
  void noPasswordIsSentWhenNoneIsAskedFor() {
    assertThat(sent(WHO, 230)).containsExactly("USER me");
    assertThat(sent(WHO, 232)).containsExactly("USER me");
  }

  @Test
  @Conforms({"FTP-036", "FTP-039"})
  void anAccountIsSentWhenAskedFor() {
    Credentials withAccount = WHO.withAccount("acct");
    assertThat(sent(withAccount, 331, 332, 230))
        .containsExactly("USER me", "PASS secret", "ACCT acct");
    assertThat(sent(withAccount, 332, 202)).containsExactly("USER me", "ACCT acct");
  }

  @Test
  void aMissingAccountIsNamed() {
    assertThatThrownBy(() -> sent(WHO, 331, 332))
        .isInstanceOf(AuthenticationFailed.class)
        .hasMessageContaining("account");
  }

  @Test
  @Conforms("FTP-040")
  void theChallengeReachesTheCallback() {
    Credentials challenged = new Credentials("me", challenge -> "answer to " + challenge, null);
    assertThat(sent(challenged, 336, 230)).containsExactly("USER me", "PASS answer to text");
  }

  @Test
  @Conforms({"FTP-036", "FTP-038"})
  void aRefusalTellsTheServersWordsAndNoSecret() {
    assertThatThrownBy(() -> sent(WHO, 331, 530))
        .isInstanceOf(AuthenticationFailed.class)
        .hasMessageContaining("530 text")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> sent(WHO, 530)).isInstanceOf(AuthenticationFailed.class);
    assertThatThrownBy(() -> sent(WHO, 331, 503)).isInstanceOf(AuthenticationFailed.class);
  }

  @Test
  void aReplyOutOfOrderIsAFault() {
    assertThatThrownBy(() -> sent(WHO, 220)).isInstanceOf(PeerMisbehaved.class);
    assertThatThrownBy(() -> sent(WHO, 331, 350)).isInstanceOf(PeerMisbehaved.class);
  }

  @Test
  void credentialsDoNotShowTheirPassword() {
    assertThat(WHO.withAccount("hidden").toString()).doesNotContain("secret").doesNotContain("hid");
  }

  private static List<String> sent(Credentials who, int... codes) {
    List<String> sent = new ArrayList<>();
    LoginFlow flow = LoginFlow.start(who, command -> sent.add(line(command)));
    for (int code : codes) {
      flow = flow.on(FtpReply.of(code, "text"), command -> sent.add(line(command)));
    }
    assertThat(flow).isInstanceOf(LoginFlow.LoggedIn.class);
    return sent;
  }

  private static String line(FtpCommand command) {
    return command.verb() + " " + command.argument();
  }
}
