package dev.sluice.sftp.server;

import dev.sluice.ssh.StrictModes;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.file.OpenSshKeyFile;
import dev.sluice.ssh.key.file.PrivateKeyFile;
import dev.sluice.ssh.key.file.StoredKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of a host in a directory, under the names that OpenSSH gives them. Methods block.
 *
 * @param directory holds {@code ssh_host_TYPE_key}; made for its owner alone if there is none
 * @param strictModes whether to refuse keys that users other than their owner can read, and a
 *     directory that other users can write to
 */
record HostKeyFiles(Path directory, boolean strictModes) {
  private static final String ED25519 = "ssh_host_ed25519_key";
  private static final List<String> OTHERS = List.of("ssh_host_ecdsa_key", "ssh_host_rsa_key");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The keys that are there; an Ed25519 key is made if there is none. */
  public List<SshKeyPair> load() throws IOException {
    if (Files.notExists(directory)) {
      Files.createDirectories(directory, mode("rwx------"));
    }
    Path own = directory.resolve(ED25519);
    if (Files.notExists(own)) {
      generate(own);
    }
    List<SshKeyPair> keys = new ArrayList<>();
    keys.add(read(own));
    for (String name : OTHERS) {
      Path file = directory.resolve(name);
      if (Files.exists(file)) {
        keys.add(read(file));
      }
    }
    return keys;
  }

  private SshKeyPair read(Path file) throws IOException {
    if (Files.size(file) > PrivateKeyFile.MAX_BYTES) {
      throw new FileSystemException(file.toString(), null, "is no key: too large");
    }
    SshKeyPair key =
        SshKeyPair.of(PrivateKeyFile.read(Files.readAllBytes(file), new char[0]).key());
    if (strictModes) {
      StrictModes.requirePrivate(file);
      StrictModes.requireUnshared(file);
    }
    return key;
  }

  /** If several servers start at once, one of them makes the key. */
  private void generate(Path file) throws IOException {
    String text =
        OpenSshKeyFile.format(new StoredKey(Ed25519PrivateKey.generate(RANDOM), ""), RANDOM);
    Path temporary = Files.createTempFile(directory, ".host-key", ".part", mode("rw-------"));
    try {
      Files.write(temporary, text.getBytes(StandardCharsets.US_ASCII));
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException taken) {
      // Theirs is as good as ours.
    } finally {
      Files.delete(temporary);
    }
  }

  private FileAttribute<?>[] mode(String mode) {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}
