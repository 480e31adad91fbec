package dev.sluice.sftp.client;

import static dev.sluice.sftp.SftpVersion.V3;
import static dev.sluice.sftp.SftpVersion.V6;
import static dev.sluice.sftp.client.ScriptedServer.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.RemotePath;
import dev.sluice.sftp.SftpClientSettings;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.SftpVersions;
import dev.sluice.sftp.message.DraftExtension.VersionSelect;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.test.Conforms;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From version 3, which every server understands, to the highest that it lists. */
@Conforms("SFTP-100")
final class VersionSelectTest {
  private static final RemotePath FILE = RemotePath.of("/file");
  private static final SftpClientSettings FROM_3_TO_6 =
      ScriptedServer.SETTINGS.withVersions(new SftpVersions(V3, V6));
  private static final Instant FINE = Instant.parse("2001-02-03T04:05:06.789Z");

  @Test
  void theSelectionIsTheFirstRequestAndWhatFollowsIsOfTheNewVersion() {
    ScriptedServer server =
        new ScriptedServer(
                (request, far) -> {
                  if (request instanceof Extended) {
                    far.status(request.id(), StatusCode.OK);
                    far.speak(V6);
                  } else {
                    SftpAttributes there = SftpAttributes.NONE.withTimes(null, FINE);
                    far.send(new SftpResponse.Attrs(request.id(), there));
                  }
                })
            .speaking(3, listing("3,4,5,6"));

    SftpSession session = server.session(FROM_3_TO_6);

    assertThat(session.version()).isEqualTo(V6);
    assertThat(session.stat(FILE).block(WAIT).attributes().modified()).isEqualTo(FINE);
    assertThat(server.seen().get(0))
        .isInstanceOfSatisfying(
            Extended.class,
            first -> assertThat(first.extension()).isEqualTo(new VersionSelect("6")));
    assertThat(server.seen().get(1)).isInstanceOf(PathRequest.Stat.class);
  }

  @Test
  void nothingIsSelectedWhereTheServerListsNothing() {
    ScriptedServer server =
        new ScriptedServer((request, far) -> far.status(request.id(), StatusCode.OK));

    assertThat(server.session(FROM_3_TO_6).version()).isEqualTo(V3);
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void aServerThatRefusesWhatItListsIsLeft() {
    ScriptedServer server =
        new ScriptedServer((request, far) -> far.status(request.id(), StatusCode.FAILURE))
            .speaking(3, listing("3,6"));

    assertThatThrownBy(() -> server.session(FROM_3_TO_6)).isInstanceOf(SshViolation.class);
  }

  @Test
  void whoAnswersTheGreetingWithSomethingElseIsLeftAtOnce() {
    ScriptedServer server =
        new ScriptedServer((request, far) -> {})
            .greetingWith(SftpResponse.Status.of(0, StatusCode.FAILURE, "no", V3));

    assertThatThrownBy(server::session)
        .isInstanceOf(SshViolation.class)
        .hasMessageContaining("in place of VERSION");
  }

  private static Map<String, byte[]> listing(String versions) {
    return Map.of("versions", versions.getBytes(StandardCharsets.US_ASCII));
  }
}
