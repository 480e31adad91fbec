package dev.sluice.sftp.client;

import dev.sluice.api.Capability;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.AttributeFlags;
import dev.sluice.sftp.message.DraftExtension;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenSshExtension;
import dev.sluice.sftp.message.ServerOffer;
import dev.sluice.sftp.message.ServerOffer.Supported;
import dev.sluice.sftp.message.ServerOffer.Supported2;
import dev.sluice.ssh.wire.SshViolation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server has said that it can do. An extension whose data is a version counts only in the
 * versions known here.
 */
final class Offer {
  /** Extensions of OpenSSH by the version that is spoken here (its PROTOCOL, section 4). */
  private static final Map<String, String> VERSIONS =
      Map.of(
          OpenSshExtension.PosixRename.NAME, "1",
          OpenSshExtension.Statvfs.NAME, "2",
          OpenSshExtension.Hardlink.NAME, "1",
          OpenSshExtension.Fsync.NAME, "1",
          OpenSshExtension.Lsetstat.NAME, "1",
          OpenSshExtension.Limits.NAME, "1",
          OpenSshExtension.ExpandPath.NAME, "1",
          OpenSshExtension.CopyData.NAME, "1",
          OpenSshExtension.HomeDirectory.NAME, "1");

  private final SftpVersion version;
  private final Map<String, byte[]> extensions;
  private final Set<String> names = new HashSet<>();
  private long maxRead;
  private @Nullable Supported supported;

  /**
   * @param version as spoken from here on
   * @param extensions data by name, as in VERSION
   */
  Offer(SftpVersion version, Map<String, byte[]> extensions) {
    this.version = version;
    this.extensions = extensions;
    extensions.forEach(
        (name, data) -> {
          String known = VERSIONS.get(name);
          if (known == null || known.equals(text(data))) {
            names.add(name);
          }
        });
    readSupported();
  }

  SftpVersion version() {
    return version;
  }

  boolean has(String extension) {
    return names.contains(extension);
  }

  /** Names of all extensions that were offered and can be used. */
  Set<String> names() {
    return Set.copyOf(names);
  }

  /** Octets that one READ yields at most; 0 = not stated. */
  long maxRead() {
    return maxRead;
  }

  /** Whether the server keeps the attribute of this flag, according to what it has said. */
  boolean keeps(int flag) {
    return supported == null || (supported.attributes() & flag) != 0;
  }

  /** Whether the server has said that it keeps the time of birth, which most systems cannot set. */
  boolean keepsBirth() {
    return supported != null && keeps(AttributeFlags.CREATED);
  }

  /** Whether files can be opened to append; ProFTPD says so in the access and not in the flag. */
  boolean appends() {
    return supported == null
        || (supported.openFlags() & OpenHow.FLAG_APPEND) != 0
        || (supported.access() & OpenHow.APPEND_DATA) != 0;
  }

  /** Whether one request gives a file the name of another. */
  boolean replacesByRename() {
    return has(OpenSshExtension.PosixRename.NAME) || version.atLeast(SftpVersion.V5);
  }

  /** The highest version up to {@code most} that the server lists and that is above its answer. */
  Optional<SftpVersion> better(SftpVersion most) {
    byte[] listed = extensions.get(ServerOffer.VERSIONS);
    if (listed == null) {
      return Optional.empty();
    }
    return Arrays.stream(text(listed).split(",", -1))
        .map(String::strip)
        .filter(number -> number.matches("[3-6]"))
        .flatMap(number -> SftpVersion.of(Long.parseLong(number)).stream())
        .filter(listedVersion -> most.atLeast(listedVersion) && !version.atLeast(listedVersion))
        .max(SftpVersion::compareTo);
  }

  Offer in(SftpVersion chosen) {
    return new Offer(chosen, extensions);
  }

  Set<Capability> capabilities() {
    EnumSet<Capability> all =
        EnumSet.of(
            Capability.RANDOM_READ,
            Capability.RANDOM_WRITE,
            Capability.PARALLEL_TRANSFERS,
            Capability.SYMBOLIC_LINKS);
    addIf(all, Capability.APPEND, appends());
    addIf(all, Capability.SET_MODIFIED, keeps(AttributeFlags.MODIFIED));
    addIf(all, Capability.SET_PERMISSIONS, keeps(AttributeFlags.PERMISSIONS));
    addIf(all, Capability.SET_OWNER, keeps(AttributeFlags.OWNER));
    addIf(all, Capability.SET_SIZE, keeps(AttributeFlags.SIZE));
    addIf(all, Capability.ATOMIC_REPLACE, replacesByRename());
    addIf(all, Capability.HARD_LINKS, hasHardLinks());
    addIf(all, Capability.CHECKSUM, hasChecksums());
    addIf(
        all,
        Capability.COPY,
        has(OpenSshExtension.CopyData.NAME) || has(DraftExtension.CopyFile.NAME));
    addIf(
        all,
        Capability.SPACE,
        has(OpenSshExtension.Statvfs.NAME) || has(DraftExtension.SpaceAvailable.NAME));
    addIf(all, Capability.RAW_NAMES, version == SftpVersion.V3);
    addIf(all, Capability.SET_CREATED, keepsBirth());
    return Set.copyOf(all);
  }

  boolean hasHardLinks() {
    return has(OpenSshExtension.Hardlink.NAME) || version.atLeast(SftpVersion.V6);
  }

  boolean hasChecksums() {
    return has(DraftExtension.CheckFile.OFFER) || has(DraftExtension.CheckFile.BY_NAME);
  }

  private static void addIf(Set<Capability> all, Capability one, boolean offered) {
    if (offered) {
      all.add(one);
    }
  }

  private void readSupported() {
    try {
      byte[] old = extensions.get(Supported.NAME);
      byte[] recent = extensions.get(Supported2.NAME);
      Supported told = null;
      if (recent != null) {
        told = Supported2.decode(recent).basic();
      } else if (old != null) {
        told = Supported.decode(old);
      }
      if (told != null) {
        names.addAll(told.extensions());
        maxRead = told.maxRead();
        supported = told;
      }
    } catch (SshViolation e) {
      maxRead = 0; // a hint that cannot be read is none: some servers lay it out differently
    }
  }

  private static String text(byte[] data) {
    return new String(data, StandardCharsets.ISO_8859_1);
  }
}
