package dev.sluice.sftp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.login.Identity;
import dev.sluice.api.login.Right;
import dev.sluice.api.storage.RightsStorage;
import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.ServerOffer.Supported;
import dev.sluice.sftp.message.ServerOffer.Supported2;
import dev.sluice.sftp.message.ServerOffer.VendorId;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.Version;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.test.Conforms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server says of itself in VERSION. */
final class OffersTest {
  private static final Map<String, String> OPENSSH =
      Map.ofEntries(
          Map.entry("posix-rename@openssh.com", "1"),
          Map.entry("statvfs@openssh.com", "2"),
          Map.entry("fstatvfs@openssh.com", "2"),
          Map.entry("hardlink@openssh.com", "1"),
          Map.entry("fsync@openssh.com", "1"),
          Map.entry("lsetstat@openssh.com", "1"),
          Map.entry("limits@openssh.com", "1"),
          Map.entry("expand-path@openssh.com", "1"),
          Map.entry("copy-data", "1"),
          Map.entry("home-directory", "1"),
          Map.entry("users-groups-by-id@openssh.com", "1"));
  private static final Set<String> CHANGING =
      Set.of(
          "posix-rename@openssh.com",
          "hardlink@openssh.com",
          "fsync@openssh.com",
          "lsetstat@openssh.com",
          "copy-data");

  @TempDir Path root;

  @Test
  @Conforms("SFTP-085")
  void versionThreeListsWhatOpenSshListsAndAsItDoes() {
    Map<String, String> offered = texts(version(3, Identity.of("ann")));

    assertThat(offered).containsAllEntriesOf(OPENSSH);
    assertThat(offered).doesNotContainKeys("newline", "supported", "supported2");
  }

  @Test
  @Conforms({"SFTP-081", "SFTP-085"})
  void whoMayOnlyReadIsOfferedNothingThatChanges() {
    Map<String, String> expected = new TreeMap<>(OPENSSH);
    expected.keySet().removeAll(CHANGING);

    Map<String, String> offered = texts(version(3, Identity.of("ann").withRights(Right.READ_ONLY)));

    assertThat(offered).containsAllEntriesOf(expected);
    assertThat(offered).doesNotContainKeys(CHANGING.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6})
  @Conforms("SFTP-094")
  void theVendorIsNamed(int version) {
    byte[] data = version(version, Identity.of("ann")).extensions().get(VendorId.NAME);

    VendorId vendor = VendorId.decode(data);

    assertThat(vendor.vendor()).isEqualTo("Sluice");
    assertThat(vendor.product()).isEqualTo("Sluice");
    assertThat(vendor.version()).isNotEmpty();
  }

  @Test
  @Conforms("SFTP-115")
  void versionFiveSaysWhatItSupports() {
    Map<String, byte[]> offers = version(5, Identity.of("ann")).extensions();

    Supported supported = Supported.decode(offers.get(Supported.NAME));

    assertThat(supported.openFlags() & OpenHow.FLAG_TEXT).isNotZero();
    assertThat(supported.access() & OpenHow.READ_DATA).isNotZero();
    assertThat(supported.maxRead()).isEqualTo(SftpServerSettings.DEFAULT.limits().read());
    assertThat(offers).containsKey("newline").doesNotContainKeys(Supported2.NAME);
  }

  @Test
  @Conforms({"SFTP-115", "SFTP-116"})
  void versionSixSaysWhatItSupportsAndAnswersEachExtensionThatItNames() {
    try (ServedClient client = unstarted(Identity.of("ann"))) {
      Map<String, byte[]> offers = client.init(6).extensions();

      Supported2 supported = Supported2.decode(offers.get(Supported2.NAME));

      assertThat(supported.openLocks() & 1).isEqualTo(1);
      assertThat(supported.locks() & 1).isEqualTo(1);
      assertThat(offers).doesNotContainKeys(Supported.NAME);
      assertThat(supported.basic().extensions()).contains("text-seek", "check-file-name");
      for (String name : supported.basic().extensions()) {
        assertThat(answer(client, name)).as(name).isNotEqualTo("OP_UNSUPPORTED");
      }
    }
  }

  /** To a request that has the name alone. */
  private static String answer(ServedClient client, String name) {
    ByteBuf packet = Unpooled.buffer();
    packet.writeInt(1 + 4 + 4 + name.length()).writeByte(Extended.TYPE).writeInt(1);
    SshString.write(packet, name);
    client.sendRaw(packet);
    SftpResponse response = client.next();
    return response instanceof SftpResponse.Status status
        ? ServedClient.code(status).name()
        : "a reply";
  }

  private ServedClient unstarted(Identity user) {
    return ServedClient.unstarted(
        RightsStorage.of(LocalStorage.at(root)), SftpServerSettings.DEFAULT, user);
  }

  private Version version(int number, Identity user) {
    try (ServedClient client = unstarted(user)) {
      return client.init(number);
    }
  }

  private static Map<String, String> texts(Version version) {
    Map<String, String> texts = new TreeMap<>();
    version.extensions().forEach((name, data) -> texts.put(name, new String(data, UTF_8)));
    return texts;
  }
}
