package dev.sluice.bench;

import dev.sluice.api.BoundServer;
import dev.sluice.api.ByteRange;
import dev.sluice.api.RemotePath;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.sftp.message.Dialect;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.Init;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpPacket;
import dev.sluice.sftp.server.SftpServer;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.WindowLimits;
import dev.sluice.ssh.client.SshClient;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.transport.door.SessionLimits;
import dev.sluice.transport.door.StaticUsers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The two sides of {@code benchmarks/slow-readers}, which says what they do. */
public final class SlowReaders {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int FILE = 4 << 20;
  private static final int READ = 255 * 1024;
  private static final int READS = 64;
  private static final int AT_A_TIME = 16;
  private static final String USER = "ann";
  private static final String PASSWORD = "open-sesame";

  private final int port;
  private final byte[] content;
  private final AtomicLong octets = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  private SlowReaders(int port, byte[] content) {
    this.port = port;
    this.content = content;
  }

  /** Takes {@code [CONNECTIONS] [CHANNELS] [CLIENTS] [SECONDS]}, or {@code serve DIR}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 2 && args[0].equals("serve")) {
      serve(Path.of(args[1]));
      return;
    }
    int[] numbers = IntStream.of(200, 10, 50, 20).toArray();
    for (int i = 0; i < args.length; i++) {
      numbers[i] = Integer.parseInt(args[i]);
    }
    Path work = Files.createTempDirectory("sluice-slow-readers");
    byte[] content = new byte[FILE];
    new Random(1).nextBytes(content);
    Files.write(work.resolve("file"), content);
    Path log = work.resolve("log");
    Process server = start(work, log);
    boolean fine;
    try (BufferedReader said = server.inputReader()) {
      int port = Integer.parseInt(Objects.requireNonNull(said.readLine(), "the server's port"));
      fine = new SlowReaders(port, content).run(numbers, server, log);
    } finally {
      server.destroy();
    }
    System.exit(fine ? 0 : 1);
  }

  private static Process start(Path work, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(SlowReaders.class.getName(), "serve", work.toString()));
    return new ProcessBuilder(command).redirectError(log.toFile()).start();
  }

  private static void serve(Path work) {
    SessionLimits many = new SessionLimits(1000, 1000, 500, 500);
    BoundServer server =
        SftpServer.create()
            .host("127.0.0.1")
            .port(0)
            .hostKey(SshKeyPair.of(Ed25519PrivateKey.generate(new SecureRandom())))
            .storage(LocalStorage.at(work))
            .users(StaticUsers.of(USER, PASSWORD).with("slow", PASSWORD))
            .sessions(usual -> many)
            .bind()
            .blockOptional(LIMIT)
            .orElseThrow();
    System.out.println(server.address().getPort());
    server.onDispose().block();
  }

  private boolean run(int[] numbers, Process server, Path log)
      throws IOException, InterruptedException {
    Duration time = Duration.ofSeconds(numbers[3]);
    measure(numbers[2], time.dividedBy(2)); // warm
    double alone = measure(numbers[2], time);
    List<SshSession> slow = attack(numbers[0], numbers[1]);
    double beside = measure(numbers[2], time);
    boolean ranOut = Files.readString(log, StandardCharsets.UTF_8).contains("OutOfMemory");
    System.out.printf(
        "alone %.0f MB/s, beside %d slow connections %.0f MB/s (%.0f %%); %d octets wrong, %d reads"
            + " failed; server %s%n",
        alone / 1e6,
        slow.size(),
        beside / 1e6,
        100 * beside / alone,
        wrong.get(),
        failed.get(),
        !server.isAlive() ? "GONE" : ranOut ? "OUT OF MEMORY" : "has had enough memory");
    return server.isAlive() && !ranOut && wrong.get() + failed.get() == 0 && beside >= alone / 2;
  }

  /** Octets per second that the clients receive. */
  private double measure(int clients, Duration time) {
    octets.set(0);
    long start = System.nanoTime();
    Flux.range(0, clients).flatMap(i -> reader(time), clients).then().block(LIMIT);
    return octets.get() * 1e9 / (System.nanoTime() - start);
  }

  private Mono<Void> reader(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    return Mono.usingWhen(
            SftpClient.over(ssh(USER)).connect(),
            session ->
                session
                    .read(RemotePath.of("/file"), ByteRange.all())
                    .reduce(0, this::compare)
                    .repeat(() -> System.nanoTime() < end)
                    .then(),
            session -> session.close())
        .onErrorResume(
            failure -> {
              System.err.println("a read failed: " + failure);
              failed.incrementAndGet();
              return Mono.empty();
            });
  }

  private int compare(int position, ByteBuf data) {
    byte[] part = ByteBufUtil.getBytes(data);
    data.release();
    for (int i = 0; i < part.length; i++) {
      if (part[i] != content[position + i]) {
        wrong.incrementAndGet();
      }
    }
    octets.addAndGet(part.length);
    return position + part.length;
  }

  private List<SshSession> attack(int connections, int channels) {
    return Objects.requireNonNull(
        Flux.range(0, connections)
            .flatMap(
                i ->
                    ssh("slow")
                        .windows(w -> new WindowLimits(65536, 65536, 1 << 20, 32768))
                        .connect()
                        .flatMap(
                            session ->
                                Flux.range(0, channels)
                                    .concatMap(
                                        n ->
                                            session
                                                .subsystem("sftp")
                                                .flatMap(
                                                    channel ->
                                                        channel.send(Flux.defer(this::wish))))
                                    .then(Mono.just(session))),
                AT_A_TIME)
            .collectList()
            .block(LIMIT));
  }

  /** Requests for much of the file; the server's first handle of a session is number 1. */
  private Flux<ByteBuf> wish() {
    Flux<SftpPacket> packets =
        Flux.<SftpPacket>just(
                new Init(3),
                new PathRequest.Open(0, "/file", OpenHow.reading(), SftpAttributes.NONE))
            .concatWith(
                Flux.range(0, READS)
                    .map(
                        i ->
                            new HandleRequest.Read(
                                i + 1, SftpHandle.of(1), (long) i % 16 * READ, READ)));
    return packets.map(
        packet -> packet.header(ByteBufAllocator.DEFAULT, Dialect.of(SftpVersion.V3)));
  }

  private SshClient ssh(String user) {
    return SshClient.create("127.0.0.1")
        .port(port)
        .user(user)
        .credential(Credential.password(PASSWORD))
        .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone());
  }
}
