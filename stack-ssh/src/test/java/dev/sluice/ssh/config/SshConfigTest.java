package dev.sluice.ssh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.SshAlgorithms;
import dev.sluice.ssh.client.SshClient;
import dev.sluice.test.Conforms;
import java.util.ArrayList;
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

  @Test
  void aSettingThatIsSpelledWronglyIsAnErrorUnlessIgnoreUnknownNamesIt() {
    assertThatThrownBy(() -> SshConfig.parse("Host a\nStrictHostKeyCheking yes"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("StrictHostKeyCheking");
    assertThat(SshConfig.parse("IgnoreUnknown Apple*\nAppleThing yes").forHost("a").settings())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ProxyCommand nc %h %p",
        "CASignatureAlgorithms ssh-ed25519",
        "StrictHostKeyChecking perhaps",
        "RevokedHostKeys %Q/file",
        "HashKnownHosts maybe",
        "Ciphers nothing-of-the-kind",
        "RequiredRSASize big"
      })
  void whatNarrowsTrustAndCannotBeObeyedIsAnError(String line) {
    SshConfig config = SshConfig.parse("Host a\n" + line + "\nHost b\n");

    assertThatThrownBy(() -> SshClient.configured(config, "a", each -> each))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(SshClient.configured(config, "b", each -> each)).isNotNull();
  }

  @Test
  void whatIsMerelyNotSupportedIsReportedOnceForAHost() {
    SshConfig config =
        SshConfig.parse(
            "Host a\nCheckHostIP yes\nRekeyLimit 1G\nGSSAPIAuthentication no\nForwardAgent yes");

    assertThat(config.forHost("a").warnings())
        .containsExactly(
            "not supported and without effect: checkhostip (line 2), rekeylimit (line 3)");
    assertThat(config.forHost("b").warnings()).isEmpty();
  }

  @Test
  void aBlockOfMatchThatCannotBeDecidedMayNotHoldWhatNarrowsTrust() {
    assertThatThrownBy(() -> SshConfig.parse("Match exec \"true\"\nStrictHostKeyChecking yes"))
        .hasMessageContaining("line 2")
        .hasMessageContaining("exec");
    assertThat(SshConfig.parse("Match exec \"true\"\nPort 9").forHost("a").warnings())
        .singleElement()
        .asString()
        .contains("exec");
  }

  @Test
  void aBlockOfMatchIsForTheHostsItNames() {
    SshConfig config =
        SshConfig.parse(
            """
            Host short
            HostName long.example
            Match host long.example user ann
            Port 1
            Match originalhost short !user ann
            Port 2
            """);

    assertThat(config.forHost("short", Optional.of("ann")).port()).isEqualTo(1);
    assertThat(config.forHost("short", Optional.of("bob")).port()).isEqualTo(2);
    assertThat(config.forHost("other", Optional.of("bob")).port()).isEqualTo(22);
  }

  @Test
  void anIncludedFileIsPartOfTheBlockThatIncludesIt() {
    SshConfig config =
        SshConfig.parse(
            "Host a b\nInclude more\nUser ann\n",
            word -> List.of("StrictHostKeyChecking yes\nHost a\nPort 9\n"));

    assertThat(config.forHost("a").port()).isEqualTo(9);
    assertThat(config.forHost("b").port()).isEqualTo(22);
    assertThat(config.forHost("b").user()).contains("ann");
    assertThat(config.forHost("b").unknownHosts()).isEqualTo(HostConfig.Unknown.REFUSED);
    assertThat(config.forHost("c").unknownHosts()).isEqualTo(HostConfig.Unknown.ASKED);
    assertThatThrownBy(() -> SshConfig.parse("Include x", word -> List.of("Include x")))
        .hasMessageContaining("nested");
    assertThat(SshConfig.parse("Include x").forHost("a").warnings())
        .singleElement()
        .asString()
        .contains("Include x");
  }

  @Test
  void aByteOrderMarkBeforeTheFirstLineIsNoPartOfIt() {
    assertThat(SshConfig.parse("\uFEFFPort 9\r\nUser ann\r\n").forHost("a").port()).isEqualTo(9);
  }

  @Test
  void algorithmsAreAppendedTakenAwayPutToTheFrontOrReplaced() {
    SshAlgorithms usual = SshAlgorithms.forClient();

    assertThat(ciphers("Ciphers +3des-cbc,aes128-cbc"))
        .startsWith("aes128-gcm@openssh.com")
        .endsWith("3des-cbc", "aes128-cbc");
    assertThat(ciphers("Ciphers -*gcm*,chacha20*"))
        .containsExactly("aes128-ctr", "aes192-ctr", "aes256-ctr");
    assertThat(ciphers("Ciphers ^aes256-ctr"))
        .startsWith("aes256-ctr")
        .hasSize(usual.clientToServer().ciphers().size());
    assertThat(ciphers("Ciphers aes256-ctr,aes128-ctr"))
        .containsExactly("aes256-ctr", "aes128-ctr");
    SshAlgorithms all =
        algorithms(
            """
            KexAlgorithms +diffie-hellman-group1-sha1,diffie-hellman-group-exchange-sha1
            MACs hmac-sha1
            HostKeyAlgorithms +ssh-rsa
            PubkeyAcceptedKeyTypes ^ssh-rsa
            """);
    assertThat(all.kex()).extracting(Object::toString).contains("diffie-hellman-group1-sha1");
    assertThat(all.hostKeys()).extracting(Object::toString).endsWith("ssh-rsa");
    assertThat(all.publicKeys()).extracting(Object::toString).startsWith("ssh-rsa");
    assertThat(all.serverToClient().macs()).extracting(Object::toString).hasSize(1);
  }

  @Test
  void anAlgorithmThatWeDoNotHaveIsReportedAndTheOthersAreOffered() {
    List<String> warnings = new ArrayList<>();

    SshClient client =
        SshClient.configured(
            SshConfig.parse("Ciphers blowfish-cbc,aes256-ctr"),
            "a",
            each -> each.warnings(warnings::add));

    assertThat(client.settings().security().algorithms().clientToServer().ciphers()).hasSize(1);
    assertThat(warnings).singleElement().asString().contains("blowfish-cbc");
  }

  private static List<String> ciphers(String line) {
    return algorithms(line).clientToServer().ciphers().stream().map(Object::toString).toList();
  }

  private static SshAlgorithms algorithms(String file) {
    return SshClient.configured(SshConfig.parse(file), "a", each -> each)
        .settings()
        .security()
        .algorithms();
  }

  private static List<JumpHost> jumps(String value) {
    return SshConfig.parse("ProxyJump " + value).forHost("h").jumps();
  }
}
