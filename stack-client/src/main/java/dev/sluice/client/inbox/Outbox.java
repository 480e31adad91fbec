package dev.sluice.client.inbox;

import dev.sluice.api.AtomicRefusal;
import dev.sluice.api.FileFailure;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.client.transfer.CopyOptions;
import dev.sluice.client.transfer.CopyOptions.Placement;
import dev.sluice.client.transfer.Transfers;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A directory that empties itself into a directory of another tree: an {@link Inbox} whose handler
 * copies. Immutable.
 *
 * <p>A file is written as {@code NAME.DIGITS.part} and renamed when it is complete, and compared,
 * if that was asked for; then its source is deleted, moved or left. The digits are the same for the
 * same version of a file, so that an attempt goes on after what the one before has left, also after
 * a crash. A file that has its name already is replaced.
 *
 * @param inbox where files come from, when they are ready, and what becomes of them after the copy
 * @param to the tree that files go to
 * @param target the directory there; created if it is missing. Directories below the inbox are kept
 * @param copy how a file gets its name, what it keeps, and whether it is compared; the number of
 *     files at a time and of attempts are those of {@code inbox}
 */
@RecordBuilder
public record Outbox(Inbox inbox, FileOperations to, RemotePath target, CopyOptions copy)
    implements OutboxBuilder.With {
  private static final int LONGEST_NAME = 255;

  /**
   * Files are claimed by a rename, and deleted once they are copied.
   *
   * @param consumer 1 to 64 letters, digits, {@code -} and {@code _}; see {@link Claims}
   */
  public static Outbox of(
      FileOperations from,
      RemotePath directory,
      FileOperations to,
      RemotePath target,
      String consumer) {
    return new Outbox(Inbox.of(from, directory, consumer), to, target, CopyOptions.DEFAULT);
  }

  /** Changes where files come from, when they are ready, and what becomes of them. */
  public Outbox from(UnaryOperator<Inbox> change) {
    return withInbox(change.apply(inbox));
  }

  /** Changes how a file is copied. */
  public Outbox copying(UnaryOperator<CopyOptions> change) {
    return withCopy(change.apply(copy));
  }

  /** Compares each copy with its source before it gets its name. */
  public Outbox verified() {
    return copying(options -> options.withVerified(true));
  }

  /** What becomes of a file once it is copied. */
  public Outbox done(Done what) {
    return from(it -> it.done(what));
  }

  /** Polls and copies until the subscriber cancels: see {@link Inbox#run}. */
  public Flux<InboxEvent> run() {
    return inbox.run(this::send);
  }

  private Mono<Void> send(InboxFile file) {
    RemotePath wanted = target.append(file.path().relativeTo(inbox.directory()));
    return to.createDirectories(wanted.parent())
        .then(
            Mono.defer(
                () ->
                    copy.placement() == Placement.IN_PLACE
                        ? resume(file, wanted)
                        : partly(file, wanted)));
  }

  private Mono<Void> partly(InboxFile file, RemotePath wanted) {
    RemotePath part = wanted.parent().child(partName(file));
    return resume(file, part)
        .then(
            Mono.defer(() -> to.rename(part, wanted))
                .onErrorMap(FileFailure.class, refused -> AtomicRefusal.ofRename(wanted, refused)))
        .onErrorResume(
            FileFailure.class,
            refused ->
                copy.placement() == Placement.ATOMIC_ELSE_IN_PLACE && AtomicRefusal.isIn(refused)
                    ? to.deleteFile(part).onErrorComplete().then(resume(file, wanted))
                    : Mono.error(refused));
  }

  private Mono<Void> resume(InboxFile file, RemotePath name) {
    return Transfers.resume(file.files(), file.place(), to, name, copy).then();
  }

  /** Other inboxes leave it alone, as the unfinished upload that it is. */
  private static String partName(InboxFile file) {
    String version =
        file.path() + " " + file.entry().size() + " " + file.entry().attributes().modified();
    String end = "." + ClaimLog.digest(version).substring(0, 16) + ".part";
    boolean fits = RawName.encode(file.name()).length + end.length() <= LONGEST_NAME;
    return (fits ? file.name() : "file") + end;
  }
}
