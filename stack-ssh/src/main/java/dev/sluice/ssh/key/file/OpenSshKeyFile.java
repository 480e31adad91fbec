package dev.sluice.ssh.key.file;

import dev.sluice.ssh.key.SshPrivateKey;
import dev.sluice.ssh.wire.Encoded;
import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.Uint32;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/** The format of OpenSSH (PROTOCOL.key). */
public final class OpenSshKeyFile {
  static final String LABEL = "OPENSSH PRIVATE KEY";

  private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_SALT_BYTES = 1024;

  /** As ssh-keygen writes: its salt, and the rounds of bcrypt since OpenSSH 9.4. */
  private static final int SALT_BYTES = 16;

  private static final int ROUNDS = 24;
  private static final KeyFileCipher WRITTEN = KeyFileCipher.named("aes256-ctr");

  private OpenSshKeyFile() {}

  static StoredKey read(byte[] content, Passphrase passphrase) {
    ByteBuf in = Unpooled.wrappedBuffer(content);
    if (!Arrays.equals(Octet.read(in, Math.min(MAGIC.length, in.readableBytes())), MAGIC)) {
      throw new KeyFileException.Damaged("not in the format openssh-key-v1");
    }
    KeyFileCipher cipher = KeyFileCipher.named(SshString.readName(in));
    String kdf = SshString.readName(in);
    ByteBuf kdfOptions = SshString.readSlice(in);
    if (Uint32.read(in) != 1) {
      throw new KeyFileException.Unsupported("a file that does not hold exactly one key");
    }
    byte[] publicKey = SshString.read(in);
    byte[] section = withTag(SshString.readSlice(in), in, cipher);
    if (cipher.encrypts()) {
      section = decrypt(cipher, secret(cipher, kdf, kdfOptions, passphrase), section);
    } else if (!kdf.equals("none") || kdfOptions.isReadable()) {
      throw new KeyFileException.Damaged("nothing is encrypted and " + kdf + " makes a key");
    }
    StoredKey stored = privateSection(section, cipher);
    Arrays.fill(section, (byte) 0);
    if (!Arrays.equals(stored.key().publicKey().blob(), publicKey)) {
      throw new KeyFileException.Damaged("public and private half do not belong together");
    }
    return stored;
  }

  /** The encrypted section, and the tag that follows it and is not part of its length. */
  private static byte[] withTag(ByteBuf section, ByteBuf rest, KeyFileCipher cipher) {
    int length = section.readableBytes();
    if (length == 0 || length % cipher.blockBytes() != 0) {
      throw new KeyFileException.Damaged("an encrypted part of " + length + " bytes");
    }
    byte[] octets = new byte[length + cipher.tagBytes()];
    section.readBytes(octets, 0, length);
    if (rest.readableBytes() != cipher.tagBytes()) {
      throw new KeyFileException.Damaged(rest.readableBytes() + " bytes behind the key");
    }
    rest.readBytes(octets, length, cipher.tagBytes());
    return octets;
  }

  private static byte[] secret(
      KeyFileCipher cipher, String kdf, ByteBuf options, Passphrase passphrase) {
    if (!kdf.equals("bcrypt")) {
      throw new KeyFileException.Unsupported("keys whose passphrase goes through " + kdf);
    }
    byte[] salt = SshString.read(options, MAX_SALT_BYTES);
    long rounds = Uint32.read(options);
    Octet.requireEnd(options, "the options of bcrypt");
    if (salt.length == 0 || rounds < 1 || rounds > BcryptPbkdf.MAX_ROUNDS) {
      throw new KeyFileException.Damaged("bcrypt with " + rounds + " rounds");
    }
    return BcryptPbkdf.derive(
        passphrase.required(), salt, (int) rounds, cipher.keyBytes() + cipher.ivBytes());
  }

  private static byte[] decrypt(KeyFileCipher cipher, byte[] secret, byte[] encrypted) {
    byte[] section = cipher.decrypt(secret, encrypted);
    Arrays.fill(secret, (byte) 0);
    return section;
  }

  private static StoredKey privateSection(byte[] section, KeyFileCipher cipher) {
    ByteBuf in = Unpooled.wrappedBuffer(section);
    long check = Uint32.read(in);
    if (Uint32.read(in) != check) {
      throw cipher.encrypts()
          ? new KeyFileException.WrongPassphrase()
          : new KeyFileException.Damaged("its check numbers differ");
    }
    SshPrivateKey key = PrivateFields.decode(in);
    String comment = SshString.readText(in);
    for (int expected = 1; in.isReadable(); expected++) {
      if (in.readByte() != (byte) expected) {
        throw new KeyFileException.Damaged("its padding is wrong");
      }
    }
    return new StoredKey(key, comment);
  }

  /** The text of a file, not encrypted: only its file permissions protect it. */
  public static String format(StoredKey stored, SecureRandom random) {
    byte[] section = section(stored, KeyFileCipher.NONE, random);
    return text(stored, KeyFileCipher.NONE, "none", new byte[0], section);
  }

  /**
   * The text of a file, encrypted as {@code ssh-keygen} does: AES-256 in counter mode, with a key
   * that bcrypt makes of the passphrase.
   *
   * @param passphrase one character at least; it is not overwritten
   */
  public static String format(StoredKey stored, char[] passphrase, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] section = section(stored, WRITTEN, random);
    try (Passphrase secret = new Passphrase(passphrase)) {
      byte[] derived =
          BcryptPbkdf.derive(
              secret.required(), salt, ROUNDS, WRITTEN.keyBytes() + WRITTEN.ivBytes());
      byte[] encrypted = WRITTEN.encrypt(derived, section);
      Arrays.fill(derived, (byte) 0);
      byte[] options =
          Encoded.bytes(
              out -> {
                SshString.write(out, salt);
                Uint32.write(out, ROUNDS);
              });
      return text(stored, WRITTEN, "bcrypt", options, encrypted);
    } finally {
      Arrays.fill(section, (byte) 0);
    }
  }

  private static String text(
      StoredKey stored, KeyFileCipher cipher, String kdf, byte[] options, byte[] section) {
    byte[] content =
        Encoded.bytes(
            out -> {
              out.writeBytes(MAGIC);
              SshString.write(out, cipher.name());
              SshString.write(out, kdf);
              SshString.write(out, options);
              Uint32.write(out, 1);
              SshString.write(out, stored.key().publicKey().blob());
              SshString.write(out, section);
            });
    return Pem.format(LABEL, content);
  }

  private static byte[] section(StoredKey stored, KeyFileCipher cipher, SecureRandom random) {
    int check = random.nextInt();
    return Encoded.bytes(
        out -> {
          out.writeInt(check).writeInt(check);
          PrivateFields.encode(stored.key(), out);
          SshString.write(out, stored.comment());
          for (int padding = 1; out.readableBytes() % cipher.blockBytes() != 0; padding++) {
            out.writeByte(padding);
          }
        });
  }
}
