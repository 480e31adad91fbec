package dev.sluice.ftp.client;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.ProtectionRefused;
import dev.sluice.api.TimedOut;
import dev.sluice.ftp.FtpMeans;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Which of several means to the same end a session uses: the first of its list that works, and that
 * one alone from then on. A server may announce what does not work, for itself or through what
 * stands before it. Touched on the event loop only.
 */
final class Ways {
  /** A data connection that the client opens. */
  static final List<FtpMeans> PASSIVE = List.of(FtpMeans.EPSV, FtpMeans.PASV);

  /** What is in a directory. */
  static final List<FtpMeans> LISTING = List.of(FtpMeans.MLSD, FtpMeans.LIST);

  /** The beginning of TLS. */
  static final List<FtpMeans> SECURITY = List.of(FtpMeans.AUTH_TLS, FtpMeans.AUTH_SSL);

  private final Set<FtpMeans> avoided;
  private final Set<FtpMeans> failed = EnumSet.noneOf(FtpMeans.class);
  private final Set<FtpMeans> proven = EnumSet.noneOf(FtpMeans.class);

  Ways(Set<FtpMeans> avoided) {
    this.avoided = avoided;
  }

  /** Those of {@code means} worth a try, the best one first; one alone when it has worked. */
  List<FtpMeans> of(List<FtpMeans> means) {
    List<FtpMeans> left =
        means.stream().filter(one -> !avoided.contains(one) && !failed.contains(one)).toList();
    return left.stream().filter(proven::contains).findFirst().map(List::of).orElse(left);
  }

  /** Whether {@code means} is worth a try. */
  boolean mayUse(FtpMeans means) {
    return !avoided.contains(means) && !failed.contains(means);
  }

  /** {@code means} is known not to work. */
  void giveUp(FtpMeans means) {
    failed.add(means);
  }

  /** {@code means} works, and those tried before it do not. */
  void worked(FtpMeans means, List<FtpMeans> before) {
    proven.add(means);
    failed.addAll(before);
  }

  /**
   * Tries {@code candidates} one after the other and remembers the one that works. When none does,
   * that is the error of the first, the others suppressed in it.
   */
  <T> Mono<T> attempt(List<FtpMeans> candidates, Function<FtpMeans, Mono<T>> use) {
    return Mono.defer(
        () -> {
          List<FtpMeans> left = of(candidates);
          return left.isEmpty()
              ? Mono.error(
                  new FileFailure(
                      FileError.UNSUPPORTED, "nothing is left of " + candidates + " to use"))
              : attempt(left, 0, use);
        });
  }

  private <T> Mono<T> attempt(List<FtpMeans> left, int index, Function<FtpMeans, Mono<T>> use) {
    FtpMeans means = left.get(index);
    return use.apply(means)
        .doOnSuccess(done -> worked(means, left.subList(0, index)))
        .onErrorResume(
            cause -> {
              if (index + 1 == left.size() || !isRefusal(cause)) {
                return Mono.error(cause);
              }
              return attempt(left, index + 1, use)
                  .onErrorMap(Ways::isRefusal, last -> both(cause, last));
            });
  }

  /** A command that is not known says least. */
  private static Throwable both(Throwable first, Throwable last) {
    boolean unknown = first instanceof FileFailure file && file.error() == FileError.UNSUPPORTED;
    Throwable main = unknown ? last : first;
    Throwable other = unknown ? first : last;
    if (main != other) {
      main.addSuppressed(other);
    }
    return main;
  }

  /** Whether the session goes on after {@code cause}, so that there is something else to try. */
  private static boolean isRefusal(Throwable cause) {
    return cause instanceof FileFailure
        || cause instanceof PeerMisbehaved
        || cause instanceof ConnectFailed
        || cause instanceof ProtectionRefused
        || cause instanceof TimedOut;
  }
}
