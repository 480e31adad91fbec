package dev.sluice.ftp.client;

import static dev.sluice.api.observe.TransferRef.Direction.RECEIVED;
import static dev.sluice.api.observe.TransferRef.Direction.SENT;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.Checksum;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.FileEntry;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionInfo;
import dev.sluice.api.Space;
import dev.sluice.api.WriteMode;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.command.Bare;
import dev.sluice.ftp.command.Verb;
import dev.sluice.transport.io.TransferWatch;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The verbs of a session, each in its turn. */
final class ClientSession implements FtpSession {
  private final Conversation conversation;
  private final String greeting;
  private final Turn turn;
  private final Set<Capability> capabilities;

  /**
   * @param greeting what the server says about itself, escaped
   */
  ClientSession(Conversation conversation, String greeting) {
    this.conversation = conversation;
    this.greeting = greeting;
    this.turn = new Turn(conversation, conversation.control.executor());
    this.capabilities = Abilities.of(conversation);
  }

  @Override
  public Mono<FileEntry> stat(RemotePath path) {
    return on(path, Entries::followed).map(entry -> new FileEntry(path, entry.attributes()));
  }

  @Override
  public Mono<FileEntry> lstat(RemotePath path) {
    return on(path, Entries::stat).map(entry -> new FileEntry(path, entry.attributes()));
  }

  @Override
  public Flux<FileEntry> list(RemotePath directory) {
    return Lookahead.of(
        turn.stream(
            () -> UserSide.reader(directory, "listed"),
            job -> listed(job, directory, at -> Listings.list(job, at))),
        Lookahead.OCTETS,
        ClientSession::weight);
  }

  @Override
  public Mono<Listing> listing(RemotePath directory) {
    return Mono.defer(
        () -> {
          Unread unread = new Unread();
          return turn.stream(
                  () -> UserSide.reader(directory, "listed"),
                  job -> listed(job, directory, at -> Listings.list(job, at, unread)))
              .collectList()
              .map(entries -> new Listing(entries, unread.lines()));
        });
  }

  @Override
  public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
    return turn.stream(
        () -> UserSide.reader(file, "read"),
        job ->
            Flux.deferContextual(
                context -> {
                  TransferWatch watch = conversation.watch(RECEIVED, file, context);
                  return watch.until(
                      watch.count(
                          Folders.absolute(job, file)
                              .flatMapMany(at -> Contents.read(job, at, range))));
                }));
  }

  @Override
  public Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
    return write(file, mode, content, AttributeChange.none());
  }

  @Override
  public Mono<Void> write(
      RemotePath file,
      WriteMode mode,
      Publisher<? extends ByteBuf> content,
      AttributeChange attributes) {
    return turn.take(
        job -> {
          UserSide source = UserSide.content(file);
          job.reliesOn(source);
          return Mono.deferContextual(
              context -> {
                TransferWatch watch = conversation.watch(SENT, file, context);
                Flux<ByteBuf> octets = watch.count(source.watchContent(content));
                return watch.until(
                    Folders.absolute(job, file)
                        .flatMap(at -> Contents.write(job, at, mode, octets, attributes)));
              });
        });
  }

  @Override
  public Mono<Void> createDirectory(RemotePath directory) {
    return on(directory, Names::createDirectory);
  }

  @Override
  public Mono<Void> deleteFile(RemotePath file) {
    return on(file, Names::deleteFile);
  }

  @Override
  public Mono<Void> deleteDirectory(RemotePath directory) {
    return on(directory, Names::deleteDirectory);
  }

  @Override
  public Mono<Void> rename(RemotePath from, RemotePath to) {
    return turn.take(
        job ->
            Folders.absolute(job, from)
                .flatMap(
                    source ->
                        Folders.absolute(job, to)
                            .flatMap(target -> Names.rename(job, source, target))));
  }

  @Override
  public Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
    return on(path, (job, at) -> Attributes.set(job, at, change));
  }

  @Override
  public Mono<Checksum> checksum(RemotePath file, ChecksumAlgorithm algorithm, ByteRange range) {
    return on(file, (job, at) -> Digests.checksum(job, at, algorithm, range));
  }

  @Override
  public Mono<Space> space(RemotePath directory) {
    return on(directory, Digests::space);
  }

  @Override
  public Mono<FtpReply> command(String line) {
    return turn.take(job -> RawCommand.run(job, line));
  }

  @Override
  public Mono<String> currentDirectory() {
    return turn.take(job -> Folders.goHome(job).then(Folders.workingDirectory(job)));
  }

  @Override
  public Mono<RemotePath> home() {
    return turn.take(job -> Folders.home(job));
  }

  @Override
  public Mono<Void> keepAlive() {
    return turn.take(job -> job.expect(new Bare(Verb.NOOP)).then());
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public SessionInfo info() {
    InetSocketAddress peer = conversation.control.peer();
    boolean secured = conversation.protection.control != null;
    return new SessionInfo(
        secured ? "ftps" : "ftp",
        peer.getHostString() + ":" + peer.getPort(),
        conversation.protection.describe(),
        greeting);
  }

  /** A verb on a path that is absolute or relative to the login directory. */
  private <T> Mono<T> on(RemotePath path, BiFunction<Job, RemotePath, Mono<T>> verb) {
    return turn.take(job -> Folders.absolute(job, path).flatMap(at -> verb.apply(job, at)));
  }

  /** The entries below the path that was asked for. */
  private static Flux<FileEntry> listed(
      Job job, RemotePath directory, Function<RemotePath, Flux<FileEntry>> list) {
    return directory.isRelative()
        ? Folders.absolute(job, directory)
            .flatMapMany(list)
            .map(entry -> new FileEntry(directory.child(entry.name()), entry.attributes()))
        : list.apply(directory);
  }

  /** The approximate memory of an entry: its objects, and its name at two octets a letter. */
  private static int weight(FileEntry entry) {
    return 256 + 2 * entry.path().toString().length();
  }

  /** With nothing in progress the client sends QUIT; otherwise it closes the connection at once. */
  @Override
  public Mono<Void> close() {
    return conversation.control.quit();
  }

  @Override
  public Mono<Void> onClosed() {
    return conversation.onClosed();
  }
}
