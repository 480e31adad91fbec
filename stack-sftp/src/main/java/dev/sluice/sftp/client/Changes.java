package dev.sluice.sftp.client;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.AttributeFlags;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.OpenSshExtension;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpAttributes.Owner;
import dev.sluice.ssh.wire.Uint32;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Sets attributes, each change by one request. Owner and group are sent together, and so are the
 * two times of version 3: if only one half of a pair is given, the other half is read first. What
 * the version or the server does not support is refused before anything is sent.
 */
final class Changes {
  private final Requests requests;
  private final Offer offer;

  Changes(Requests requests, Offer offer) {
    this.requests = requests;
    this.offer = offer;
  }

  /** Sets attributes of what {@code path} stands for, after following symbolic links. */
  Mono<Void> set(RemotePath path, AttributeChange change) {
    return Mono.defer(
        () -> {
          check(path, change);
          return complete(change, requests.stat(path), path)
              .flatMap(
                  wanted ->
                      requests.status(
                          path, id -> new PathRequest.Setstat(id, Requests.text(path), wanted)));
        });
  }

  /** Sets attributes of {@code link} itself. */
  Mono<Void> setOfLink(RemotePath link, AttributeChange change) {
    return Mono.defer(
        () -> {
          if (!offer.has(OpenSshExtension.Lsetstat.NAME) || change.size() != null) {
            throw unsupported(link, "a link itself cannot be given all of " + change);
          }
          check(link, change);
          return complete(change, requests.lstat(link), link)
              .flatMap(
                  wanted ->
                      requests.status(
                          link,
                          id ->
                              new Extended(
                                  id, new OpenSshExtension.Lsetstat(Requests.text(link), wanted))));
        });
  }

  /**
   * Whether the change can be made to a file that was just written without first asking about it.
   * Owner or group alone needs the other half, and a size is handled separately. For the times of
   * version 3, the last access is now.
   */
  boolean suitsNewFile(AttributeChange change) {
    return !halfOwner(change) && change.size() == null;
  }

  SftpAttributes ofNewFile(RemotePath path, AttributeChange change) {
    return merged(change, SftpAttributes.NONE.withTimes(Instant.now(), Instant.now()), path);
  }

  /**
   * Refuses what cannot be set.
   *
   * @throws FileFailure {@code UNSUPPORTED}
   */
  void check(RemotePath path, AttributeChange change) {
    if (offer.version() == SftpVersion.V3) {
      boolean named = !isNumber(change.owner()) || !isNumber(change.group());
      if (named) {
        throw unsupported(path, "SFTP version 3 cannot set all of " + change);
      }
    }
    if (change.created() != null && !offer.keepsBirth()) {
      throw unsupported(path, "the server does not say that it can set all of " + change);
    }
    flags(change)
        .forEach(
            (flag, given) -> {
              if (given && !offer.keeps(flag)) {
                throw unsupported(path, "the server does not keep all of " + change);
              }
            });
  }

  private Mono<SftpAttributes> complete(
      AttributeChange change, Mono<SftpAttributes> asking, RemotePath path) {
    if (change.equals(AttributeChange.none())) {
      return asking.flatMap(there -> Mono.empty());
    }
    Function<SftpAttributes, SftpAttributes> merge = now -> merged(change, now, path);
    return halfOwner(change) || halfTimes(change)
        ? asking.map(merge)
        : Mono.just(SftpAttributes.NONE).map(merge);
  }

  private SftpAttributes merged(AttributeChange change, SftpAttributes now, RemotePath path) {
    SftpAttributes wanted =
        SftpAttributes.NONE
            .withSize(change.size())
            .withPermissions(change.permissions())
            .withCreated(told(change.created()));
    if (change.owner() != null || change.group() != null) {
      wanted = wanted.withOwner(owner(change, now.owner(), path));
    }
    Instant accessed = change.accessed();
    Instant modified = change.modified();
    if (halfTimes(change)) {
      accessed = accessed == null ? now.accessed() : accessed;
      modified = modified == null ? now.modified() : modified;
    }
    return wanted.withTimes(told(accessed), told(modified));
  }

  /** The time, as exactly as the server keeps it. */
  private @Nullable Instant told(@Nullable Instant time) {
    return time == null || offer.keeps(AttributeFlags.SUBSECOND)
        ? time
        : time.truncatedTo(ChronoUnit.SECONDS);
  }

  private static Owner owner(AttributeChange change, @Nullable Owner now, RemotePath path) {
    String user = change.owner() != null || now == null ? change.owner() : now.user();
    String group = change.group() != null || now == null ? change.group() : now.group();
    if (user == null || group == null) {
      throw unsupported(path, "owner and group go together, and only one is known");
    }
    return new Owner(user, group);
  }

  private static Map<Integer, Boolean> flags(AttributeChange change) {
    return Map.of(
        AttributeFlags.SIZE, change.size() != null,
        AttributeFlags.PERMISSIONS, change.permissions() != null,
        AttributeFlags.ACCESSED, change.accessed() != null,
        AttributeFlags.CREATED, change.created() != null,
        AttributeFlags.MODIFIED, change.modified() != null,
        AttributeFlags.OWNER, change.owner() != null || change.group() != null);
  }

  private static boolean halfOwner(AttributeChange change) {
    return (change.owner() == null) != (change.group() == null);
  }

  private boolean halfTimes(AttributeChange change) {
    return offer.version() == SftpVersion.V3
        && (change.modified() == null) != (change.accessed() == null);
  }

  private static boolean isNumber(@Nullable String text) {
    return text == null || text.matches("[0-9]{1,10}") && Long.parseLong(text) <= Uint32.MAX;
  }

  private static FileFailure unsupported(RemotePath path, String why) {
    return new FileFailure(FileError.UNSUPPORTED, path, why);
  }
}
