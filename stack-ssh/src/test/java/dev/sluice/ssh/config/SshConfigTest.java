package dev.sluice.ssh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.SshClient;
import dev.sluice.test.Conforms;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client's configuration file. */
final class SshConfigTest {
  private static final String FILE =
      """
      # mine
      User everywhere

      Host web *.example.com !bad.example.com
        HostName %h.internal
        Port=2222
        IdentityFile "~/.ssh/my key"
        IdentityFile ~/.ssh/other
        ProxyJump jump:22
      Host web
        Port 9
        User nobody
      Match user root
        Port 1
      Match all
        UserKnownHostsFile ~/.ssh/known_hosts ~/.ssh/known_hosts2
      Host direct
        ProxyJump none
      """;

  @Test
  void theFirstOfTwoSettingsCounts() {
    HostConfig web = SshConfig.parse(FILE).forHost("web");

    assertThat(web.user()).contains("everywhere");
    assertThat(web.port()).isEqualTo(2222);
    assertThat(web.hostName()).isEqualTo("web.internal");
    assertThat(web.proxyJump()).contains("jump:22");
  }

  @Test
  void filesWithKeysAddUp() {
    HostConfig web = SshConfig.parse(FILE).forHost("web");

    assertThat(web.identityFiles()).containsExactly("~/.ssh/my key", "~/.ssh/other");
    assertThat(web.knownHostsFiles()).containsExactly("~/.ssh/known_hosts", "~/.ssh/known_hosts2");
  }

  @Test
  void aBlockIsForTheHostsItsPatternsName() {
    SshConfig config = SshConfig.parse(FILE);

    assertThat(config.forHost("a.example.com").port()).isEqualTo(2222);
    assertThat(config.forHost("bad.example.com").port()).isEqualTo(22);
    assertThat(config.forHost("other").hostName()).isEqualTo("other");
    assertThat(config.forHost("direct").proxyJump()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Port 2222",
        "port=2222",
        "PORT = 2222",
        "Port\t=\t2222",
        "Port \"2222\"",
        "  Port 2222 # x"
      })
  void aSettingMayBeWrittenInManyWays(String line) {
    assertThat(SshConfig.parse(line).forHost("host").port()).isEqualTo(2222);
  }

  @Test
  void anEqualsSignInAValueStays() {
    assertThat(SshConfig.parse("SetEnv A=b").forHost("h").value("setenv")).contains("A=b");
  }

  @Test
  void whatCannotBeUnderstoodIsSaid() {
    assertThatThrownBy(() -> SshConfig.parse("\nUser \"ann"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> SshConfig.parse("Port many").forHost("h").port())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SshConfig.parse("Port 65536").forHost("h").port())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Conforms("SSH-202")
  void jumpHostsComeInTheOrderOfTheWay() {
    assertThat(jumps("a,ann@b:2222,ssh://bob@[::1]:22"))
        .containsExactly(
            new JumpHost(Optional.empty(), "a", Optional.empty()),
            new JumpHost(Optional.of("ann"), "b", Optional.of(2222)),
            new JumpHost(Optional.of("bob"), "::1", Optional.of(22)));
    assertThat(jumps("none")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,", "@b", "a:0", "a:65536", "a:b", "[::1", "a@b@c"})
  @Conforms("SSH-202")
  void whatIsNoJumpHostIsSaid(String wrong) {
    assertThatThrownBy(() -> jumps(wrong)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Conforms("SSH-202")
  void jumpHostsThatLeadInACircleAreRefused() {
    SshConfig circle = SshConfig.parse("Host a\nProxyJump b\nHost b\nProxyJump a");
    assertThatThrownBy(() -> SshClient.configured(circle, "a", each -> each))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ProxyJump");

    SshConfig everywhere = SshConfig.parse("ProxyJump jump"); // for the jump host too
    assertThat(SshClient.configured(everywhere, "a", each -> each)).isNotNull();
  }

  private static List<JumpHost> jumps(String value) {
    return SshConfig.parse("ProxyJump " + value).forHost("h").jumps();
  }
}
