package dev.sluice.sftp.client;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileKind;
import dev.sluice.api.RemotePath;
import dev.sluice.api.error.FileError;
import dev.sluice.api.error.FileFailure;
import dev.sluice.sftp.message.FileType;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpAttributes.Owner;
import dev.sluice.sftp.message.SftpVersion;
import dev.sluice.ssh.wire.Uint32;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Attributes between the wire and the tree. */
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

  /**
   * Sets what is given by one SETSTAT. Owner and group travel together, and so do the two times of
   * version 3: of a pair that is not given as a whole the other half is read first.
   */
  static Mono<Void> set(Requests requests, RemotePath path, AttributeChange change) {
    return Mono.defer(
        () -> {
          SftpVersion version = requests.link().dialect().version();
          checkSettable(path, change, version);
          if (change.equals(AttributeChange.none())) {
            return requests.stat(path).then();
          }
          boolean halfOwner = (change.owner() == null) != (change.group() == null);
          boolean halfTimes =
              version == SftpVersion.V3
                  && (change.modified() == null) != (change.accessed() == null);
          Mono<SftpAttributes> before =
              halfOwner || halfTimes ? requests.stat(path) : Mono.just(SftpAttributes.NONE);
          return before.flatMap(
              now -> {
                SftpAttributes wanted = merged(change, now, path, version);
                return requests.status(path, id -> new PathRequest.Setstat(id, text(path), wanted));
              });
        });
  }

  private static String text(RemotePath path) {
    return Requests.text(path);
  }

  private static void checkSettable(RemotePath path, AttributeChange change, SftpVersion version) {
    if (version != SftpVersion.V3) {
      return;
    }
    boolean named = !isNumber(change.owner()) || !isNumber(change.group());
    if (named || change.created() != null) {
      throw new FileFailure(
          FileError.UNSUPPORTED, path, "SFTP version 3 cannot set all of " + change);
    }
  }

  private static SftpAttributes merged(
      AttributeChange change, SftpAttributes now, RemotePath path, SftpVersion version) {
    SftpAttributes wanted =
        SftpAttributes.NONE
            .withSize(change.size())
            .withPermissions(change.permissions())
            .withCreated(change.created());
    if (change.owner() != null || change.group() != null) {
      wanted = wanted.withOwner(owner(change, now.owner(), path));
    }
    Instant accessed = change.accessed();
    Instant modified = change.modified();
    if (version == SftpVersion.V3 && (accessed == null) != (modified == null)) {
      accessed = accessed == null ? now.accessed() : accessed;
      modified = modified == null ? now.modified() : modified;
    }
    return wanted.withTimes(accessed, modified);
  }

  private static Owner owner(AttributeChange change, @Nullable Owner now, RemotePath path) {
    String user = change.owner() != null || now == null ? change.owner() : now.user();
    String group = change.group() != null || now == null ? change.group() : now.group();
    if (user == null || group == null) {
      throw new FileFailure(
          FileError.UNSUPPORTED, path, "owner and group go together, and only one is known");
    }
    return new Owner(user, group);
  }

  private static boolean isNumber(@Nullable String text) {
    return text == null || text.matches("[0-9]{1,10}") && Long.parseLong(text) <= Uint32.MAX;
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
