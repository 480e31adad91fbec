package dev.sluice.sftp.server;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.sftp.SftpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sets attributes. Where a tree cannot set all of them, those that it can are set up to version 5,
 * and the rest is reported; version 6 wants all or nothing (draft-…-filexfer-13 section 7.1).
 */
final class Settings {
  private Settings() {}

  static Mono<Void> apply(RemotePath path, AttributeChange change, Session session) {
    if (change.equals(AttributeChange.none())) {
      return Mono.empty();
    }
    Mono<Void> whole =
        session
            .files()
            .setAttributes(path, change)
            .onErrorMap(failure -> isUnknown(failure, change), failure -> unknown(change));
    List<AttributeChange> parts = parts(change);
    if (session.version() == SftpVersion.V6 || parts.size() == 1) {
      return whole;
    }
    return whole.onErrorResume(Settings::isUnsupported, failure -> each(path, parts, session));
  }

  /** Both, also when the first fails. */
  static Mono<Void> both(Mono<Void> first, Mono<Void> second) {
    return Flux.just(first, second).concatMapDelayError(part -> part).then();
  }

  private static Mono<Void> each(RemotePath path, List<AttributeChange> parts, Session session) {
    AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
    return Flux.fromIterable(parts)
        .concatMap(
            part ->
                session
                    .files()
                    .setAttributes(path, part)
                    .doOnError(failure -> first.compareAndSet(null, failure))
                    .onErrorComplete())
        .then(Mono.defer(() -> first.get() == null ? Mono.empty() : Mono.error(first.get())));
  }

  private static List<AttributeChange> parts(AttributeChange c) {
    List<AttributeChange> parts = new ArrayList<>();
    parts.add(new AttributeChange(null, null, null, null, null, null, c.size()));
    parts.add(new AttributeChange(null, null, null, c.permissions(), null, null, null));
    parts.add(new AttributeChange(c.modified(), c.accessed(), c.created(), null, null, null, null));
    parts.add(new AttributeChange(null, null, null, null, c.owner(), c.group(), null));
    parts.removeIf(AttributeChange.none()::equals);
    return parts;
  }

  private static boolean isUnknown(Throwable failure, AttributeChange change) {
    return (change.owner() != null || change.group() != null)
        && failure instanceof FileFailure refused
        && refused.error() == FileError.INVALID_NAME;
  }

  private static Refusal unknown(AttributeChange change) {
    return Refusal.unknownPrincipals(
        Stream.of(change.owner(), change.group()).filter(Objects::nonNull).toList());
  }

  private static boolean isUnsupported(Throwable failure) {
    return failure instanceof FileFailure refused && refused.error() == FileError.UNSUPPORTED;
  }
}
