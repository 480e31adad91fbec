package dev.sluice.ftp.client;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;
import dev.sluice.ftp.command.FileTime;
import dev.sluice.ftp.listing.MlsxEntry;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** From the facts of MLSx to attributes (RFC 3659 section 7.5). */
final class Facts {
  private Facts() {}

  static Optional<FileAttributes> attributes(String line) {
    try {
      return Optional.of(attributes(MlsxEntry.parse(line).facts()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static FileAttributes attributes(Map<String, String> facts) {
    String type = facts.getOrDefault("type", "file");
    FileAttributes attributes = FileAttributes.of(kind(type.toLowerCase(Locale.ROOT)));
    String size = facts.get("size");
    if (size != null && size.matches("[0-9]{1,18}")) {
      attributes = attributes.withSize(Long.parseLong(size));
    }
    String modify = facts.get("modify");
    if (modify != null) {
      attributes = attributes.withModified(FileTime.parse(modify).orElse(null));
    }
    String create = facts.get("create");
    if (create != null) {
      attributes = attributes.withCreated(FileTime.parse(create).orElse(null));
    }
    String mode = facts.get("unix.mode");
    if (mode != null && mode.matches("[0-7]{1,7}")) {
      attributes = attributes.withPermissions(Integer.parseInt(mode, 8) & 07777);
    }
    return attributes
        .withOwner(
            facts.getOrDefault("unix.owner", facts.get("unix.uid")),
            facts.getOrDefault("unix.group", facts.get("unix.gid")))
        .withIdentity(facts.get("unique"));
  }

  private static FileKind kind(String type) {
    if (type.equals("dir") || type.equals("cdir") || type.equals("pdir")) {
      return FileKind.DIRECTORY;
    }
    if (type.startsWith("os.unix=slink") || type.startsWith("os.unix=symlink")) {
      return FileKind.SYMBOLIC_LINK;
    }
    return type.equals("file") ? FileKind.FILE : FileKind.OTHER;
  }
}
