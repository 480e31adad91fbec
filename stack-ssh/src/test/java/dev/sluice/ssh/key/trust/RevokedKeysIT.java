package dev.sluice.ssh.key.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.peer.Run;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.test.peer.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Key revocation lists as ssh-keygen writes them. */
final class RevokedKeysIT {
  private Scratch scratch;

  @BeforeEach
  void start() throws IOException {
    Peers.require("ssh-keygen");
    scratch = Scratch.create("krl");
    for (String name : List.of("ca", "other-ca", "key", "spare")) {
      keygen("-t", "ed25519", "-f", file(name), "-N", "");
    }
  }

  @AfterEach
  void stop() {
    scratch.close();
  }

  @Test
  void aKeyInTheListIsRevokedAndSoAreItsCertificatesAndThoseItSigned() throws IOException {
    certify("ca", "key", 7, "ann's laptop");

    RevokedKeys byKey = krl("", "key.pub");
    assertThat(byKey.isRevoked(key("key.pub"))).isTrue();
    assertThat(byKey.isRevoked(key("key-cert.pub"))).isTrue();
    assertThat(byKey.isRevoked(key("spare.pub"))).isFalse();
    assertThat(krl("", "ca.pub").isRevoked(key("key-cert.pub"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"sha1", "sha256"})
  void aKeyIsRevokedByItsHash(String hash) throws IOException {
    RevokedKeys keys = specified("", hash + ": " + Files.readString(scratch.file("key.pub")));

    assertThat(keys.isRevoked(key("key.pub"))).isTrue();
    assertThat(keys.isRevoked(key("spare.pub"))).isFalse();
  }

  /** ssh-keygen picks lists, ranges and bitmaps by what is shortest. */
  @ParameterizedTest
  @CsvSource({
    "7, serial: 7",
    "7, serial: 5-9",
    "7, 'serial: 1\nserial: 3\nserial: 7\nserial: 11\nserial: 12\nserial: 14\nserial: 17'",
    "7, 'serial: 7\nserial: 90000000000\nserial: 90000000002'",
    "18446744073709551615, serial: 18446744073709551615",
    "9223372036854775809, serial: 9223372036854775800-9223372036854775810"
  })
  void aCertificateIsRevokedByItsNumber(String serial, String specification) throws IOException {
    certify("ca", "key", Long.parseUnsignedLong(serial), "id");

    assertThat(specified("ca.pub", specification).isRevoked(key("key-cert.pub"))).isTrue();
    assertThat(specified("other-ca.pub", specification).isRevoked(key("key-cert.pub"))).isFalse();
    assertThat(specified("ca.pub", specification).isRevoked(key("key.pub"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "8, serial: 7",
    "4, serial: 5-9",
    "10, serial: 5-9",
    "13, 'serial: 1\nserial: 3\nserial: 7\nserial: 11\nserial: 12\nserial: 14\nserial: 17'",
    "90000000001, 'serial: 7\nserial: 90000000000\nserial: 90000000002'"
  })
  void itsNeighboursAreNot(String serial, String specification) throws IOException {
    certify("ca", "key", Long.parseUnsignedLong(serial), "id");

    assertThat(specified("ca.pub", specification).isRevoked(key("key-cert.pub"))).isFalse();
  }

  @Test
  void aCertificateIsRevokedByItsName() throws IOException {
    certify("ca", "key", 0, "ann's laptop");

    assertThat(specified("ca.pub", "id: ann's laptop").isRevoked(key("key-cert.pub"))).isTrue();
    assertThat(specified("ca.pub", "id: ann").isRevoked(key("key-cert.pub"))).isFalse();
  }

  @Test
  void aListThatIsCutShortRevokesNothingButIsRefused() throws IOException {
    krl("", "key.pub", "spare.pub");
    byte[] whole = Files.readAllBytes(scratch.file("krl"));

    for (int length = 8; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (length != 44) { // the end of the head: a list of nothing
        assertThatThrownBy(() -> RevokedKeys.parse(cut))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  private RevokedKeys specified(String authority, String specification) throws IOException {
    Files.writeString(scratch.file("specification"), specification + "\n");
    return krl(authority, "specification");
  }

  private RevokedKeys krl(String authority, String... files) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-k", "-f", file("krl")));
    if (!authority.isEmpty()) {
      arguments.addAll(List.of("-s", file(authority)));
    }
    Arrays.stream(files).map(this::file).forEach(arguments::add);
    keygen(arguments.toArray(String[]::new));
    return RevokedKeys.parse(Files.readAllBytes(scratch.file("krl")));
  }

  private void certify(String authority, String name, long serial, String id) {
    keygen(
        "-s",
        file(authority),
        "-I",
        id,
        "-n",
        "ann",
        "-z",
        Long.toUnsignedString(serial),
        file(name + ".pub"));
  }

  private SshPublicKey key(String name) throws IOException {
    String[] fields = Files.readString(scratch.file(name)).split(" ");
    return KeyText.parse(fields[0], fields[1].strip());
  }

  private void keygen(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q"));
    command.addAll(List.of(arguments));
    Run.of(command, scratch.base()).requireSuccess();
  }

  private String file(String name) {
    return scratch.file(name).toString();
  }
}
