package dev.sluice.ftp.client;

import static dev.sluice.api.observe.SessionEvent.Direction.RECEIVED;
import static dev.sluice.api.observe.SessionEvent.Direction.SENT;

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
import dev.sluice.api.observe.Moved;
import dev.sluice.ftp.FtpSession;
import dev.sluice.ftp.command.Bare;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.reply.FtpReply;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Set;
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
   * @param greeting what the server says of itself, escaped
   */
  ClientSession(Conversation conversation, String greeting) {
    this.conversation = conversation;
    this.greeting = greeting;
    this.turn = new Turn(conversation, conversation.control.executor());
    this.capabilities = Abilities.of(conversation);
  }

  @Override
  public Mono<FileEntry> stat(RemotePath path) {
    return turn.take(job -> Entries.stat(job, path));
  }

  @Override
  public Flux<FileEntry> list(RemotePath directory) {
    return Lookahead.of(
        turn.stream(
            () -> UserSide.reader(directory, "listed"), job -> Listings.list(job, directory)),
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
                  job -> Listings.list(job, directory, unread))
              .collectList()
              .map(entries -> new Listing(entries, unread.lines()));
        });
  }

  @Override
  public Flux<ByteBuf> read(RemotePath file, ByteRange range) {
    return turn.stream(
        () -> UserSide.reader(file, "read"),
        job -> {
          Moved moved = conversation.moved(RECEIVED);
          return moved.report(moved.count(Contents.read(job, file, range)));
        });
  }

  @Override
  public Mono<Void> write(RemotePath file, WriteMode mode, Publisher<? extends ByteBuf> content) {
    return turn.take(
        job -> {
          Moved moved = conversation.moved(SENT);
          UserSide source = UserSide.content(file);
          job.reliesOn(source);
          return moved.report(
              Contents.write(job, file, mode, moved.count(source.watchContent(content))));
        });
  }

  @Override
  public Mono<Void> createDirectory(RemotePath directory) {
    return turn.take(job -> Names.createDirectory(job, directory));
  }

  @Override
  public Mono<Void> deleteFile(RemotePath file) {
    return turn.take(job -> Names.deleteFile(job, file));
  }

  @Override
  public Mono<Void> deleteDirectory(RemotePath directory) {
    return turn.take(job -> Names.deleteDirectory(job, directory));
  }

  @Override
  public Mono<Void> rename(RemotePath from, RemotePath to) {
    return turn.take(job -> Names.rename(job, from, to));
  }

  @Override
  public Mono<Void> setAttributes(RemotePath path, AttributeChange change) {
    return turn.take(job -> Attributes.set(job, path, change));
  }

  @Override
  public Mono<Checksum> checksum(RemotePath file, ChecksumAlgorithm algorithm, ByteRange range) {
    return turn.take(job -> Digests.checksum(job, file, algorithm, range));
  }

  @Override
  public Mono<Space> space(RemotePath directory) {
    return turn.take(job -> Digests.space(job, directory));
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

  /** What an entry takes in memory, about: its objects, and its name in two octets a letter. */
  private static int weight(FileEntry entry) {
    return 256 + 2 * entry.path().toString().length();
  }

  /** With nothing under way the server is told; else the connection is cut at once. */
  @Override
  public Mono<Void> close() {
    return conversation.control.quit();
  }

  @Override
  public Mono<Void> onClosed() {
    return conversation.onClosed();
  }
}
