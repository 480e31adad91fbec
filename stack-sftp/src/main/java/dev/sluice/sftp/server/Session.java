package dev.sluice.sftp.server;

import dev.sluice.api.Capability;
import dev.sluice.api.RawName;
import dev.sluice.api.RemotePath;
import dev.sluice.api.StorageUnavailable;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.Right;
import dev.sluice.api.observe.SessionEvent;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.api.observe.TransferRef;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.Dialect;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.ssh.SshCall;
import dev.sluice.transport.AnswerMemory;
import dev.sluice.transport.io.TransferWatch;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/** What the requests of one SFTP session share. On the thread of its channel. */
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final Set<Right> CHANGES =
      EnumSet.complementOf(EnumSet.of(Right.LIST, Right.READ));

  private final SshCall call;
  private final SessionRef ref;
  private final StorageSession files;
  private final SftpServerSettings options;
  private final SessionObserver observer;
  private final SymlinkOrder symlinks;
  private final HandleTable handles;
  private final Endings closing = new Endings();
  private final Sinks.Empty<Void> ended = Sinks.empty();
  private Dialect dialect;
  private boolean translatesNames = true;
  private boolean lost;

  Session(
      SshCall call, StorageSession files, SftpServerSettings options, SessionObserver observer) {
    this.call = call;
    this.ref = call.session().withProtocol("sftp");
    this.files = files;
    this.options = options;
    this.observer = observer;
    this.symlinks = SymlinkOrder.of(call.client(), options);
    this.handles = new HandleTable(options.limits().handles());
    this.dialect = new Dialect(SftpVersion.V3, symlinks.isAsDrafted());
  }

  Identity user() {
    return call.user();
  }

  AnswerMemory.Share memory() {
    return call.memory();
  }

  StorageSession files() {
    return files;
  }

  SftpServerSettings options() {
    return options;
  }

  HandleTable handles() {
    return handles;
  }

  Scheduler scheduler() {
    return call.scheduler();
  }

  /** The client is about to send a file. */
  void expectBulk() {
    call.expectBulk();
  }

  Dialect dialect() {
    return dialect;
  }

  SftpVersion version() {
    return dialect.version();
  }

  void speak(SftpVersion version) {
    dialect = new Dialect(version, symlinks.isAsDrafted());
  }

  /** Whether this client's LINK has its paths in reverse order. */
  boolean isLinkReversed() {
    return symlinks.isLinkReversed();
  }

  boolean has(Capability capability) {
    return files.capabilities().contains(capability);
  }

  /** Whether this user may change anything. */
  boolean isWritable() {
    return user().rights().stream().anyMatch(CHANGES::contains);
  }

  /** Sets whether names are only UTF-8 from version 4 on, as they are at first. */
  void translateNames(boolean translated) {
    translatesNames = translated;
  }

  /**
   * A name as the client can read it: from version 4 on each octet that is not of UTF-8 is U+FFFD
   * (draft-ietf-secsh-filexfer-13 section 6), unless the client wants names as they are.
   */
  String shown(String name) {
    return hasUtf8Names() && RawName.holdsEscapedOctets(name)
        ? new String(RawName.encode(name), StandardCharsets.UTF_8)
        : name;
  }

  private boolean hasUtf8Names() {
    return version() != SftpVersion.V3 && translatesNames;
  }

  /**
   * The path that a client means, resolved from the home of its user. From version 4 on names are
   * UTF-8 (draft-ietf-secsh-filexfer-04 section 6.2).
   */
  RemotePath resolve(String text) {
    if (hasUtf8Names() && RawName.holdsEscapedOctets(text)) {
      throw new Refusal(StatusCode.INVALID_FILENAME);
    }
    return user().home().resolve(text);
  }

  /** The answer to a request that failed; without its files the session ends. */
  SftpResponse.Status refusal(int id, Throwable failure) {
    if (failure instanceof StorageUnavailable gone && !lost) {
      lost = true;
      LOG.error("session {}: the files cannot be reached: {}", ref.id(), gone.why());
      call.disconnect(StorageUnavailable.TEXT).subscribe(); // its end ends the session
    }
    return ServerStatus.of(id, failure, version());
  }

  /** Whether the session has not ended; from any thread. */
  boolean isOpen() {
    return !Boolean.TRUE.equals(ended.scan(Scannable.Attr.TERMINATED));
  }

  /** {@code work}, cut short when the session ends. */
  <T> Mono<T> whileOpen(Mono<T> work) {
    return work.takeUntilOther(ended.asMono());
  }

  void tell(SessionEvent event) {
    observer.onEvent(event);
  }

  /** Of the connection, for events. */
  SessionRef ref() {
    return ref;
  }

  /** A transfer that begins now. */
  TransferWatch watch(TransferRef.Direction direction, RemotePath file) {
    return TransferWatch.start(observer, ref, direction, file, Context.empty());
  }

  boolean isWatched() {
    return observer != SessionObserver.NONE;
  }

  /** {@code work}, which closes a file; the session does not end before it. */
  Mono<Void> closing(Mono<Void> work) {
    return closing.counted(work);
  }

  /** Gives back all that the session holds, once nothing uses it any more. */
  Mono<Void> close() {
    return Flux.defer(
            () -> {
              ended.tryEmitEmpty();
              return Flux.fromIterable(handles.close());
            })
        .subscribeOn(scheduler())
        .flatMap(handle -> abandon(handle).onErrorComplete())
        .then(closing.all())
        .then(Mono.defer(files::close));
  }

  private Mono<Void> abandon(OpenHandle handle) {
    if (handle instanceof OpenFile file) {
      file.leftOpen();
    }
    return handle.abandon();
  }
}
