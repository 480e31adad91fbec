package dev.sluice.sftp.client;

import dev.sluice.sftp.SftpClientSettings;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.Dialect;
import dev.sluice.sftp.message.PacketDecoder;
import dev.sluice.sftp.message.PacketFramer;
import dev.sluice.sftp.message.SftpPacket;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.message.Version;
import dev.sluice.ssh.ExitStatus;
import dev.sluice.ssh.SshChannel;
import dev.sluice.ssh.SshConnectionInfo;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.client.SshClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The far end of a channel, byte by byte: packets come in, and what the script says goes out. */
final class ScriptedServer implements SshChannel, SshSession {
  static final SftpClientSettings SETTINGS =
      SftpClientSettings.over(SshClient.create("scripted.example"));

  static final Duration WAIT = Duration.ofSeconds(20);

  /** Answers requests, or not. */
  interface Script {
    void on(SftpRequest request, ScriptedServer server);
  }

  private final Scheduler scheduler = Schedulers.newSingle("scripted");
  private final Sinks.Many<ByteBuf> output = Sinks.many().unicast().onBackpressureBuffer();
  private final Sinks.One<Void> closed = Sinks.one();
  private final PacketFramer framer =
      new PacketFramer(ByteBufAllocator.DEFAULT, PacketFramer.DEFAULT_MAX_PACKET);
  private final List<SftpRequest> seen = new CopyOnWriteArrayList<>();
  private final Script script;
  private Dialect dialect = Dialect.of(SftpVersion.V3);
  private Map<String, byte[]> extensions = Map.of();
  private long version = 3;
  private @Nullable SftpPacket greeting;
  private int piece = Integer.MAX_VALUE;
  private long cutAfter = Long.MAX_VALUE;
  private final AtomicInteger bulkExpected = new AtomicInteger();
  private long taken = Long.MAX_VALUE;
  private boolean greeted;
  private boolean ended;

  ScriptedServer(Script script) {
    this.script = script;
  }

  /** Sends so many octets at a time. */
  ScriptedServer inPiecesOf(int octets) {
    piece = octets;
    return this;
  }

  /** Breaks the connection behind so many octets. */
  ScriptedServer cutAfter(long octets) {
    cutAfter = octets;
    return this;
  }

  ScriptedServer speaking(long number, Map<String, byte[]> offered) {
    version = number;
    dialect = SftpVersion.of(number).map(Dialect::of).orElse(dialect);
    extensions = offered;
    return this;
  }

  /** Answers INIT with this. */
  ScriptedServer greetingWith(SftpPacket packet) {
    greeting = packet;
    return this;
  }

  /** Goes on in another version. On the channel's thread. */
  void speak(SftpVersion chosen) {
    dialect = Dialect.of(chosen);
  }

  Mono<SftpSession> connect(SftpClientSettings options) {
    return SessionOpening.begin(this, this, "scripted:22", options, Observation.none());
  }

  SftpSession session(SftpClientSettings options) {
    return connect(options).block(WAIT);
  }

  SftpSession session() {
    return session(SETTINGS);
  }

  /** The requests so far, INIT not included. */
  List<SftpRequest> seen() {
    return seen;
  }

  /** How often the client has said that much will come. */
  int bulkExpected() {
    return bulkExpected.get();
  }

  /** Takes so many buffers and no more. */
  ScriptedServer taking(long buffers) {
    taken = buffers;
    return this;
  }

  long count(Class<? extends SftpRequest> kind) {
    return seen.stream().filter(kind::isInstance).count();
  }

  /** Sends a packet. On the channel's thread. */
  void send(SftpPacket packet) {
    ByteBuf payload = packet.payload();
    ByteBuf all = ByteBufAllocator.DEFAULT.heapBuffer();
    ByteBuf header = packet.header(ByteBufAllocator.DEFAULT, dialect);
    all.writeBytes(header).writeBytes(payload);
    header.release();
    payload.release();
    raw(all);
  }

  void status(int id, StatusCode code) {
    send(SftpResponse.Status.of(id, code, code.text(), dialect.version()));
  }

  /** Sends octets as they are. Takes the buffer. */
  void raw(ByteBuf octets) {
    while (octets.isReadable() && !ended) {
      int length = (int) Math.min(cutAfter, Math.min(piece, octets.readableBytes()));
      cutAfter -= length;
      if (length > 0) {
        output.tryEmitNext(octets.readBytes(length)).orThrow();
      }
      if (cutAfter == 0) {
        end();
      }
    }
    octets.release();
  }

  void later(Runnable task) {
    scheduler.schedule(task);
  }

  @Override
  public Flux<ByteBuf> input() {
    return output.asFlux();
  }

  @Override
  public Flux<ByteBuf> errors() {
    return Flux.never();
  }

  @Override
  public Mono<Void> send(Publisher<? extends ByteBuf> content) {
    return Mono.create(
        sink ->
            content.subscribe(
                new BaseSubscriber<ByteBuf>() {
                  @Override
                  protected void hookOnSubscribe(Subscription subscription) {
                    subscription.request(taken);
                  }

                  @Override
                  protected void hookOnNext(ByteBuf octets) {
                    received(octets);
                  }

                  @Override
                  protected void hookOnComplete() {
                    sink.success();
                  }
                }));
  }

  private void received(ByteBuf octets) {
    framer.add(octets);
    for (ByteBuf packet = framer.next(); packet != null; packet = framer.next()) {
      if (!greeted) {
        greeted = true;
        packet.release();
        SftpPacket said = greeting == null ? new Version(version, extensions) : greeting;
        later(() -> send(said));
        continue;
      }
      SftpRequest request = PacketDecoder.request(packet, dialect);
      packet.release();
      seen.add(request);
      later(() -> answer(request));
    }
  }

  private void answer(SftpRequest request) {
    if (ended) {
      request.payload().release();
    } else {
      script.on(request, this);
    }
  }

  private void end() {
    ended = true;
    framer.clear();
    output.tryEmitComplete();
    closed.tryEmitEmpty();
  }

  @Override
  public void expectBulk() {
    bulkExpected.incrementAndGet();
  }

  @Override
  public Mono<Void> endOutput() {
    return Mono.empty();
  }

  @Override
  public Mono<ExitStatus> exit() {
    return Mono.empty();
  }

  @Override
  public Mono<Void> close() {
    return Mono.fromRunnable(() -> later(this::end));
  }

  @Override
  public Mono<Void> onClosed() {
    return closed.asMono();
  }

  @Override
  public Scheduler scheduler() {
    return scheduler;
  }

  @Override
  public Mono<SshChannel> exec(String command) {
    return Mono.error(new UnsupportedOperationException());
  }

  @Override
  public Mono<SshChannel> exec(String command, Map<String, String> environment) {
    return exec(command);
  }

  @Override
  public Mono<SshChannel> subsystem(String name) {
    return Mono.just(this);
  }

  @Override
  public Mono<SshChannel> forward(String host, int port) {
    return Mono.error(new UnsupportedOperationException());
  }

  @Override
  public SshConnectionInfo info() {
    return new SshConnectionInfo("SSH-2.0-Scripted", "", "", "");
  }

  @Override
  public Mono<Void> rekey() {
    return Mono.empty();
  }
}
