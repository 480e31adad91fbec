package dev.sluice.transport.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.FileLoan;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.transport.AnswerMemory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;
import reactor.test.StepVerifier;

/** Two streams on a real loopback connection. */
final class StreamHandlerTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Sinks.One<StreamHandler> accepted = Sinks.one();
  private DisposableServer server;
  private StreamHandler ours;
  private StreamHandler theirs;

  @BeforeEach
  void connect() {
    server =
        TcpServer.create()
            .host("127.0.0.1")
            .port(0)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .doOnConnection(
                connection -> {
                  StreamHandler stream = new StreamHandler();
                  connection.addHandlerLast(stream);
                  accepted.tryEmitValue(stream);
                })
            .bindNow();
    Sinks.One<StreamHandler> connected = Sinks.one();
    TcpClient.newConnection()
        .remoteAddress(server::address)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .doOnConnected(
            connection -> {
              StreamHandler stream = new StreamHandler();
              connection.addHandlerLast(stream);
              connected.tryEmitValue(stream);
            })
        .connectNow();
    ours = connected.asMono().block(LIMIT);
    theirs = accepted.asMono().block(LIMIT);
  }

  @AfterEach
  void close() {
    ours.close().block(LIMIT);
    theirs.close().block(LIMIT);
    server.disposeNow(LIMIT);
  }

  @Test
  void whatTheSocketHasNotTakenCountsAgainstTheMemoryOfAllConnections() {
    AnswerMemory memory = new AnswerMemory(8 << 20);
    Mono<Long> full = Flux.interval(Duration.ofMillis(5)).filter(tick -> memory.held() > 0).next();

    sendWatched(memory, held -> {}, full.then()); // nobody reads before something waits

    assertThat(memory.held()).isZero();
  }

  @Test
  void withTheMemoryTakenByOthersOneBufferGoesAtATime() {
    AnswerMemory memory = new AnswerMemory(8 << 20);
    AnswerMemory.Share others = memory.connection();
    others.add(8 << 20);
    AtomicLong most = new AtomicLong();

    sendWatched(memory, held -> most.accumulateAndGet(held, Math::max), Mono.empty());

    assertThat(most.get()).isEqualTo(8 << 20); // nothing of ours when a buffer is asked for
    assertThat(memory.held()).isEqualTo(8 << 20);
    others.add(-(8 << 20));
  }

  /** Sends 64 MiB; {@code watch} hears what was held when a buffer was asked for. */
  private void sendWatched(AnswerMemory memory, LongConsumer watch, Mono<Void> readsAfter) {
    AnswerMemory.Share share = memory.connection();
    share.of("ann");
    Flux<ByteBuf> content =
        Flux.range(0, 1024)
            .map(i -> ByteBufAllocator.DEFAULT.buffer(65536).writeZero(65536))
            .doOnNext(buffer -> watch.accept(memory.held()));
    Mono<Long> received =
        readsAfter
            .thenMany(theirs.inbound())
            .map(
                buffer -> {
                  long octets = buffer.readableBytes();
                  buffer.release();
                  return octets;
                })
            .scan(0L, Long::sum)
            .takeUntil(octets -> octets == 1024L * 65536)
            .last();
    StepVerifier.create(Mono.when(ours.send(content, share), received))
        .expectComplete()
        .verify(LIMIT);
    share.close();
  }

  @Test
  void octetsThatNobodyAskedForAreReleasedWhenTheConnectionIsClosed() {
    InboundProbe probe = new InboundProbe();
    theirs.channel().eventLoop().submit(() -> probe.watch(theirs.channel())).syncUninterruptibly();
    byte[] lost = new byte[60_000];
    ours.send(Flux.just(ByteBufAllocator.DEFAULT.buffer(lost.length).writeBytes(lost)))
        .then(ours.close())
        .block(LIMIT);
    probe.arrived.asMono().block(LIMIT);

    theirs.close().block(LIMIT);

    assertThat(probe.buffers).isNotEmpty().allMatch(octets -> octets.refCnt() == 0);
    StepVerifier.create(theirs.inbound()).expectError(SessionClosed.class).verify(LIMIT);
  }

  @Test
  void octetsThatCameBeforeTheyWereAskedForReachALaterSubscriber() {
    ours.send(Flux.just(ByteBufAllocator.DEFAULT.buffer(1).writeByte(7)))
        .then(ours.close())
        .block(LIMIT);

    StepVerifier.create(theirs.inbound().map(StreamHandlerTest::firstOctet))
        .expectNext(7)
        .verifyComplete();
  }

  @Test
  void buffersThatComeFromSeveralThreadsKeepTheirOrder() {
    int count = 30_000;
    Flux<ByteBuf> numbers =
        Flux.range(0, count)
            .concatMap(
                i ->
                    i % 3 == 0
                        ? Mono.just(i).publishOn(Schedulers.boundedElastic())
                        : Mono.just(i).hide(), // concatMap's own scalars are requested unguarded
                1)
            .map(i -> ByteBufAllocator.DEFAULT.buffer(4).writeInt(i));
    Mono<Void> sent = ours.send(numbers).then(ours.endOutput());
    ByteBuf all = ByteBufAllocator.DEFAULT.buffer(count * 4);
    Mono<Void> received =
        theirs
            .inbound()
            .doOnNext(
                piece -> {
                  all.writeBytes(piece);
                  piece.release();
                })
            .then();
    Mono.when(sent, received).block(LIMIT);
    for (int i = 0; i < count; i++) {
      assertThat(all.readInt()).isEqualTo(i);
    }
    assertThat(all.isReadable()).isFalse();
    all.release();
  }

  @Test
  void whatIsNotAskedForStaysWithTheSender() {
    AtomicLong produced = new AtomicLong();
    Flux<ByteBuf> endless =
        Flux.<ByteBuf>generate(
                sink -> sink.next(ByteBufAllocator.DEFAULT.buffer(65536).writeZero(65536)))
            .doOnNext(piece -> produced.addAndGet(65536));
    StepVerifier.create(ours.send(endless))
        .expectSubscription()
        .expectNoEvent(Duration.ofMillis(500))
        .thenCancel()
        .verify(LIMIT);
    assertThat(produced.get()).isLessThan(64L << 20);
  }

  @Test
  void orderlyEndCompletesAndResetIsAnError() {
    ours.endOutput().block(LIMIT);
    StepVerifier.create(theirs.inbound()).verifyComplete();
    theirs.reset().block(LIMIT);
    StepVerifier.create(ours.inbound()).verifyError(IOException.class);
  }

  @Test
  void fileGoesOutWholeAndStaysOpen(@TempDir Path directory) throws IOException {
    byte[] content = new byte[20 << 20];
    new java.util.Random(5).nextBytes(content);
    Files.write(directory.resolve("file"), content);
    try (LentFile file = new LentFile(directory)) {
      Mono<Long> received =
          theirs
              .inbound()
              .map(
                  piece -> {
                    long length = piece.readableBytes();
                    piece.release();
                    return length;
                  })
              .reduce(0L, Long::sum);
      Mono<Void> sent = ours.sendFile(file.handle(), 5, content.length - 5).then(ours.endOutput());
      assertThat(Flux.merge(sent.then(Mono.<Long>empty()), received).blockLast(LIMIT))
          .isEqualTo(content.length - 5L);
      assertThat(file.isOpen()).isTrue();
      assertThat(ours.octetsMoved()).isEqualTo(content.length - 5L);
    }
  }

  @Test
  void fileThatIsClosedMeanwhileStaysOpenWhileItsOctetsAreUnderWay(@TempDir Path directory)
      throws IOException {
    Files.write(directory.resolve("file"), new byte[64 << 20]);
    try (LentFile file = new LentFile(directory)) {
      Disposable sending = ours.sendFile(file.handle(), 0, 64 << 20).subscribe();
      await(() -> ours.octetsMoved() > 0); // and no more goes out: nobody reads
      sending.dispose();
      file.handle().close().block(LIMIT);
      assertThat(file.isOpen()).isTrue();
      StepVerifier.create(ours.sendFile(file.handle(), 0, 1)).verifyError(SessionClosed.class);
      ours.reset().block(LIMIT);
      theirs.reset().block(LIMIT); // drops what it has read
      await(() -> !file.isOpen());
    }
  }

  private static void await(BooleanSupplier condition) {
    Mono.fromSupplier(condition::getAsBoolean)
        .repeatWhen(again -> again.delayElements(Duration.ofMillis(5)))
        .takeUntil(met -> met)
        .blockLast(LIMIT);
  }

  /** A file of a storage, and its channel. */
  private static final class LentFile implements AutoCloseable {
    private final StorageSession session;
    private final FileHandle handle;
    private final FileChannel channel;

    LentFile(Path directory) {
      session = LocalStorage.at(directory).open(Identity.of("test")).block(LIMIT);
      handle = session.open(RemotePath.of("/file"), OpenMode.READ).block(LIMIT);
      try (FileLoan loan = handle.lend().orElseThrow()) {
        channel = loan.channel();
      }
    }

    FileHandle handle() {
      return handle;
    }

    boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() {
      handle.close().then(session.close()).block(LIMIT);
    }
  }

  private static int firstOctet(ByteBuf octets) {
    int first = octets.getByte(octets.readerIndex());
    octets.release();
    return first;
  }

  /** Sees what a channel reads before anybody has asked for it. */
  private static final class InboundProbe extends ChannelInboundHandlerAdapter {
    final Sinks.One<Boolean> arrived = Sinks.one();
    final List<ByteBuf> buffers = new CopyOnWriteArrayList<>();

    void watch(Channel channel) {
      channel.pipeline().addFirst(this);
      channel.read(); // as epoll does by itself when the peer ends its side
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      buffers.add((ByteBuf) message);
      ctx.fireChannelRead(message);
      arrived.tryEmitValue(true);
    }
  }
}
