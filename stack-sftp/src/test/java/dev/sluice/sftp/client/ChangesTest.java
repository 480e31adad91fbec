package dev.sluice.sftp.client;

import static dev.sluice.sftp.client.ScriptedServer.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.SftpVersions;
import dev.sluice.sftp.message.AttributeFlags;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.OpenSshExtension.Lsetstat;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.ServerOffer.Supported;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpAttributes.Owner;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.test.Conforms;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Attributes that are set, and those that are not even asked for. */
final class ChangesTest {
  private static final RemotePath FILE = RemotePath.of("/file");
  private static final Instant THEN = Instant.parse("2001-02-03T04:05:06.789Z");
  private static final Map<String, byte[]> LINKS = Map.of("lsetstat@openssh.com", new byte[] {'1'});

  @Test
  @Conforms("SFTP-020")
  void aGroupAloneTakesTheOwnerThatIsThereWithIt() {
    ScriptedServer server = serving(SftpAttributes.NONE.withOwner(new Owner("7", "8")));

    set(server.session(), AttributeChange.none().withGroup("9")).block(WAIT);

    assertThat(sent(server).owner()).isEqualTo(new Owner("7", "9"));
  }

  @Test
  @Conforms("SFTP-020")
  void anOwnerAloneIsRefusedWhereTheGroupIsNotTold() {
    ScriptedServer server = serving(SftpAttributes.NONE);

    refused(set(server.session(), AttributeChange.none().withOwner("7")));

    assertThat(server.count(PathRequest.Setstat.class)).isZero();
  }

  @Test
  @Conforms("SFTP-020")
  void bothTogetherNeedNoQuestion() {
    ScriptedServer server = serving(SftpAttributes.NONE);

    set(server.session(), AttributeChange.none().withOwner("7").withGroup("9")).block(WAIT);

    assertThat(sent(server).owner()).isEqualTo(new Owner("7", "9"));
    assertThat(server.count(PathRequest.Stat.class)).isZero();
  }

  @Test
  @Conforms("SFTP-034")
  void oneTimeOfVersion3TakesTheOtherWithIt() {
    ScriptedServer server =
        serving(SftpAttributes.NONE.withTimes(Instant.ofEpochSecond(5), Instant.ofEpochSecond(6)));

    set(server.session(), AttributeChange.none().withModified(THEN)).block(WAIT);

    assertThat(sent(server).accessed()).isEqualTo(Instant.ofEpochSecond(5));
    assertThat(sent(server).modified()).isEqualTo(Instant.ofEpochSecond(THEN.getEpochSecond()));
  }

  @Test
  @Conforms("SFTP-089")
  void aLinkItselfIsGivenAttributes() {
    ScriptedServer server = serving(SftpAttributes.NONE).speaking(3, LINKS);

    server
        .session()
        .setLinkAttributes(FILE, AttributeChange.none().withOwner("7").withGroup("9"))
        .block(WAIT);

    Extended asked = only(server, Extended.class);
    assertThat(asked.extension())
        .isEqualTo(new Lsetstat("/file", SftpAttributes.NONE.withOwner(new Owner("7", "9"))));
    assertThat(server.count(PathRequest.Setstat.class)).isZero();
  }

  @Test
  @Conforms("SFTP-089")
  void aLinkItselfHasNoSize() {
    ScriptedServer server = serving(SftpAttributes.NONE).speaking(3, LINKS);

    refused(server.session().setLinkAttributes(FILE, AttributeChange.none().withSize(1)));

    assertThat(server.seen()).isEmpty();
  }

  @Test
  @Conforms("SFTP-089")
  void aLinkIsNotFollowedWhereTheServerCannotSetItself() {
    ScriptedServer server = serving(SftpAttributes.NONE);

    refused(server.session().setLinkAttributes(FILE, AttributeChange.none().withModified(THEN)));

    assertThat(server.seen()).isEmpty();
  }

  @Test
  @Conforms("SFTP-115")
  void whatTheServerDoesNotKeepIsRefusedHere() {
    ScriptedServer server = keeping(AttributeFlags.MODIFIED | AttributeFlags.SIZE);
    SftpSession session =
        server.session(ScriptedServer.SETTINGS.withVersions(SftpVersions.only(SftpVersion.V5)));

    refused(set(session, AttributeChange.none().withPermissions(0600)));
    refused(set(session, AttributeChange.none().withModified(THEN).withOwner("ann")));
    assertThat(server.seen()).isEmpty();

    set(session, AttributeChange.none().withModified(THEN)).block(WAIT);
    assertThat(sent(server).modified()).isEqualTo(Instant.ofEpochSecond(THEN.getEpochSecond()));
  }

  @Test
  @Conforms("SFTP-115")
  void nanosecondsAreSentToWhoKeepsThem() {
    ScriptedServer server = keeping(AttributeFlags.MODIFIED | AttributeFlags.SUBSECOND);
    SftpSession session =
        server.session(ScriptedServer.SETTINGS.withVersions(SftpVersions.only(SftpVersion.V5)));

    set(session, AttributeChange.none().withModified(THEN)).block(WAIT);

    assertThat(sent(server).modified()).isEqualTo(THEN);
  }

  private static ScriptedServer keeping(int attributes) {
    Supported supported = new Supported(attributes, 0, 7, 0, 0, List.of());
    return serving(SftpAttributes.NONE).speaking(5, Map.of("supported", supported.encode()));
  }

  private static ScriptedServer serving(SftpAttributes there) {
    return new ScriptedServer(
        (request, far) -> {
          if (request instanceof PathRequest.Stat || request instanceof PathRequest.Lstat) {
            far.send(new SftpResponse.Attrs(request.id(), there));
          } else {
            far.status(request.id(), StatusCode.OK);
          }
        });
  }

  private static Mono<Void> set(SftpSession session, AttributeChange change) {
    return session.setAttributes(FILE, change);
  }

  private static void refused(Mono<Void> change) {
    assertThatThrownBy(() -> change.block(WAIT))
        .isInstanceOfSatisfying(
            FileFailure.class, e -> assertThat(e.error()).isEqualTo(FileError.UNSUPPORTED));
  }

  private static SftpAttributes sent(ScriptedServer server) {
    return only(server, PathRequest.Setstat.class).attributes();
  }

  private static <T> T only(ScriptedServer server, Class<T> kind) {
    List<T> found = server.seen().stream().filter(kind::isInstance).map(kind::cast).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
