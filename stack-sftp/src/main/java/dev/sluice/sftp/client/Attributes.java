package dev.sluice.sftp.client;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;
import dev.sluice.sftp.message.FileType;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpAttributes.Owner;

/** Turns attributes of the wire into those of the tree; {@link Changes} does the reverse. */
final class Attributes {
  private Attributes() {}

  static boolean isDirectory(SftpAttributes attributes) {
    return attributes.type() == FileType.DIRECTORY;
  }

  static FileAttributes read(SftpAttributes from) {
    Owner owner = from.owner();
    Integer links = from.details().links();
    return new FileAttributes(
        kind(from.type()),
        from.size() == null ? FileAttributes.UNKNOWN : from.size(),
        from.modified(),
        from.accessed(),
        from.created(),
        from.permissions() == null ? FileAttributes.UNKNOWN : from.permissions(),
        owner == null ? null : owner.user(),
        owner == null ? null : owner.group(),
        links == null ? FileAttributes.UNKNOWN : links,
        null,
        null);
  }

  private static FileKind kind(FileType type) {
    return switch (type) {
      case REGULAR -> FileKind.FILE;
      case DIRECTORY -> FileKind.DIRECTORY;
      case SYMLINK -> FileKind.SYMBOLIC_LINK;
      case SPECIAL, UNKNOWN, SOCKET, CHAR_DEVICE, BLOCK_DEVICE, FIFO -> FileKind.OTHER;
    };
  }
}
