package dev.sluice.sftp.server;

import dev.sluice.api.login.Identity;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.api.storage.Storage;
import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.Dialect;
import dev.sluice.sftp.message.Init;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.PacketDecoder;
import dev.sluice.sftp.message.PacketFramer;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpPacket;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.message.Version;
import dev.sluice.ssh.SshCall;
import dev.sluice.transport.AnswerMemory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A client whose channel to the server is memory. The thread of the test is the channel's: what the
 * server has to do there is done while an answer is awaited.
 */
final class ServedClient implements AutoCloseable {
  static final String USER = "ann";
  private static final String IDENTIFICATION = "SSH-2.0-Test";
  private static final long DEADLINE_SECONDS = 10;

  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Scheduler scheduler = Schedulers.fromExecutor(tasks::add);
  private final Sinks.Many<ByteBuf> input =
      Sinks.many().unicast().onBackpressureBuffer(new ArrayDeque<>());
  private final PacketFramer framer =
      new PacketFramer(ByteBufAllocator.DEFAULT, PacketFramer.DEFAULT_MAX_PACKET);
  private final Receiving receiving = new Receiving();
  private final Disposable serving;
  private Dialect dialect = Dialect.of(SftpVersion.V3);
  private long asked;
  private int bulkExpected;
  private long taken;
  private int lastId;
  private @Nullable Integer status;

  private ServedClient(
      Storage storage, SftpServerSettings options, Identity user, String identification) {
    Call call = new Call(user, identification);
    serving =
        new SftpSubsystem(storage, options, SessionObserver.NONE)
            .serve(call)
            .subscribe(code -> tasks.add(() -> status = code));
  }

  /** A session of ann that has begun, in version 3. */
  static ServedClient of(Storage storage) {
    return of(storage, SftpServerSettings.DEFAULT, SftpVersion.V3);
  }

  static ServedClient of(Storage storage, SftpServerSettings options, SftpVersion version) {
    ServedClient client = unstarted(storage, options);
    client.init(version.number());
    return client;
  }

  /** A session in which nothing has been sent. */
  static ServedClient unstarted(Storage storage, SftpServerSettings options) {
    return unstarted(storage, options, Identity.of(USER));
  }

  static ServedClient unstarted(Storage storage, SftpServerSettings options, Identity user) {
    return new ServedClient(storage, options, user, IDENTIFICATION);
  }

  static ServedClient as(Identity user, Storage storage) {
    ServedClient client = unstarted(storage, SftpServerSettings.DEFAULT, user);
    client.init(3);
    return client;
  }

  /** A session in version 3 with a program that has identified itself in this way. */
  static ServedClient identified(
      String identification, Storage storage, SftpServerSettings options) {
    ServedClient client = new ServedClient(storage, options, Identity.of(USER), identification);
    client.init(3);
    return client;
  }

  Version init(long version) {
    send(new Init(version));
    ByteBuf packet = packet();
    try {
      packet.skipBytes(1);
      Version answer = Version.decode(packet);
      dialect = Dialect.of(SftpVersion.of(answer.version()).orElseThrow());
      return answer;
    } finally {
      packet.release();
    }
  }

  Dialect dialect() {
    return dialect;
  }

  void speak(SftpVersion version) {
    dialect = Dialect.of(version);
  }

  int nextId() {
    return ++lastId;
  }

  void send(SftpPacket packet) {
    ByteBuf payload = packet.payload();
    sendRaw(Unpooled.wrappedBuffer(packet.header(ByteBufAllocator.DEFAULT, dialect), payload));
  }

  /** Takes the buffer. */
  void sendRaw(ByteBuf octets) {
    input.tryEmitNext(octets).orThrow();
  }

  void sendHex(String hex) {
    sendRaw(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
  }

  void endInput() {
    input.tryEmitComplete().orThrow();
  }

  SftpResponse ask(SftpRequest request) {
    send(request);
    return next();
  }

  /** The next response; data in it must be released. */
  SftpResponse next() {
    ByteBuf packet = packet();
    try {
      return PacketDecoder.response(packet, dialect);
    } finally {
      packet.release();
    }
  }

  /** So many responses, each as its id and what it says. */
  List<String> awaitAll(int count) {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SftpResponse response = next();
      String what =
          response instanceof SftpResponse.Data data
              ? data.data().toString(StandardCharsets.UTF_8)
              : code(response).name();
      response.payload().release();
      answers.add(response.id() + " " + what);
    }
    return answers;
  }

  /** Asks, and answers how that ended. */
  StatusCode status(SftpRequest request) {
    SftpResponse response = ask(request);
    return code(response);
  }

  static StatusCode code(SftpResponse response) {
    if (response instanceof SftpResponse.Status status) {
      return StatusCode.of(status.code()).orElseThrow();
    }
    throw new AssertionError("not a status: " + response);
  }

  SftpHandle open(String path, OpenHow how) {
    SftpResponse response = ask(new PathRequest.Open(nextId(), path, how, SftpAttributes.NONE));
    if (response instanceof SftpResponse.Handle handle) {
      return handle.handle();
    }
    throw new AssertionError("not opened: " + response);
  }

  /** The next packet from its type on, the caller's. */
  ByteBuf packet() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (true) {
      ByteBuf packet = framer.next();
      if (packet != null) {
        return packet;
      }
      run(deadline);
    }
  }

  /** Runs what there is to do until the session has ended; answers its exit status. */
  int awaitEnd() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (status == null) {
      run(deadline);
    }
    return status;
  }

  /** The ids of the responses that are there, which are taken. */
  List<Integer> takeIds() {
    List<Integer> ids = new ArrayList<>();
    for (ByteBuf packet = framer.next(); packet != null; packet = framer.next()) {
      ids.add(packet.getInt(packet.readerIndex() + 1));
      packet.release();
    }
    return ids;
  }

  /** Runs what there is to do now. */
  void settle() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** How often the server has said that much will come. */
  int bulkExpected() {
    return bulkExpected;
  }

  /** How many buffers the server has asked for beyond those that it was given. */
  long demand() {
    settle();
    return asked - taken;
  }

  /** The server's output is taken, or waits. */
  void stall(boolean stalled) {
    receiving.stall(stalled);
  }

  private void run(long deadline) {
    try {
      Runnable task = tasks.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (task == null) {
        throw new AssertionError("no answer in " + DEADLINE_SECONDS + " seconds");
      }
      task.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The connection breaks. */
  @Override
  public void close() {
    serving.dispose();
    settle();
    framer.clear();
  }

  private final class Receiving extends BaseSubscriber<ByteBuf> {
    private @Nullable MonoSink<Void> done;
    private boolean stalled;

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      subscription.request(1);
    }

    @Override
    protected void hookOnNext(ByteBuf octets) {
      framer.add(octets);
      if (!stalled) {
        request(1);
      }
    }

    @Override
    protected void hookOnComplete() {
      if (done != null) {
        done.success();
      }
    }

    void stall(boolean value) {
      stalled = value;
      if (!value) {
        request(1);
      }
    }
  }

  private final class Call implements SshCall {
    private final AnswerMemory.Share memory = new AnswerMemory(Long.MAX_VALUE).connection();
    private final Identity user;
    private final String client;

    Call(Identity user, String client) {
      this.user = user;
      this.client = client;
    }

    @Override
    public SessionRef session() {
      return SessionRef.of(SessionRef.Role.SERVER, "sftp", from());
    }

    @Override
    public Identity user() {
      return user;
    }

    @Override
    public String client() {
      return client;
    }

    @Override
    public InetSocketAddress from() {
      return InetSocketAddress.createUnresolved("client", 1);
    }

    @Override
    public String command() {
      return SftpSubsystem.NAME;
    }

    @Override
    public Map<String, String> environment() {
      return Map.of();
    }

    @Override
    public Mono<Void> disconnect(String text) {
      return Mono.empty();
    }

    @Override
    public AnswerMemory.Share memory() {
      return memory;
    }

    @Override
    public void expectBulk() {
      bulkExpected++;
    }

    @Override
    public Flux<ByteBuf> input() {
      return input
          .asFlux()
          .doOnRequest(n -> asked += n)
          .doOnNext(octets -> taken++)
          .doOnDiscard(ByteBuf.class, ByteBuf::release);
    }

    @Override
    public Mono<Void> send(Publisher<? extends ByteBuf> content) {
      return Mono.create(
          sink -> {
            receiving.done = sink;
            sink.onCancel(receiving);
            Flux.<ByteBuf>from(content).subscribe(receiving);
          });
    }

    @Override
    public Mono<Void> sendErrors(Publisher<? extends ByteBuf> content) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Scheduler scheduler() {
      return scheduler;
    }
  }
}
