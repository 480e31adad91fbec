package dev.sluice.storage.decorate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.storage.memory.MemoryStorage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** How long transfers take by a clock that only the test moves. */
final class ThrottledStorageTest {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final RemotePath FILE = RemotePath.of("/file");
  private static final int SECOND = 64 * 1024; // octets

  private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
  private final Storage memory = MemoryStorage.create();

  @Test
  void aDownloadOfTenSecondsTakesTen() {
    write(open(memory, "ann"), 10 * SECOND);
    StorageSession slow = open(downloads(Bandwidth.ofSession(SECOND)), "ann");

    assertThat(seconds(read(slow))).isBetween(9, 10);
  }

  @Test
  void anUploadOfTenSecondsTakesTenAndADownloadIsNotHeldUpByIt() {
    Storage slow =
        ThrottledStorage.of(memory, Bandwidth.UNLIMITED, Bandwidth.ofSession(SECOND), clock);
    StorageSession session = open(slow, "ann");

    assertThat(seconds(session.write(FILE, WriteMode.replace(), content(10 * SECOND))))
        .isBetween(9, 10);
    assertThat(seconds(read(session))).isZero();
  }

  @Test
  void theSessionsOfAUserShareWhatTheUserHas() {
    write(open(memory, "ann"), 4 * SECOND);
    Storage slow = downloads(Bandwidth.UNLIMITED.withUser(SECOND));
    StorageSession first = open(slow, "ann");
    StorageSession second = open(slow, "ann");
    StorageSession other = open(slow, "bob");

    assertThat(seconds(Mono.when(read(first), read(second)))).isBetween(7, 8);
    assertThat(seconds(read(other))).isBetween(3, 4);
  }

  @Test
  void allUsersShareTheTotal() {
    write(open(memory, "ann"), 4 * SECOND);
    Storage slow = downloads(Bandwidth.UNLIMITED.withTotal(SECOND));

    assertThat(seconds(Mono.when(read(open(slow, "ann")), read(open(slow, "bob")))))
        .isBetween(7, 8);
  }

  @Test
  void aSmallFileIsNotHeldUp() {
    write(open(memory, "ann"), 100);

    assertThat(seconds(read(open(downloads(Bandwidth.ofSession(1024)), "ann")))).isZero();
  }

  @Test
  void noChannelIsLentThatNobodyWouldCount(@TempDir Path root) {
    StorageSession disk = open(LocalStorage.at(root), "ann");
    write(disk, 10);
    Storage slow = downloads(LocalStorage.at(root), Bandwidth.ofSession(SECOND));

    assertThat(disk.open(FILE, OpenMode.READ).block(WAIT).lends()).isTrue();
    assertThat(open(slow, "ann").open(FILE, OpenMode.READ).block(WAIT).lends()).isFalse();
  }

  @Test
  void aLimitOfNothingIsAMistake() {
    assertThatThrownBy(() -> Bandwidth.ofSession(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 octets a second");
  }

  private Storage downloads(Bandwidth limit) {
    return downloads(memory, limit);
  }

  private Storage downloads(Storage files, Bandwidth limit) {
    return ThrottledStorage.of(files, limit, Bandwidth.UNLIMITED, clock);
  }

  private static StorageSession open(Storage storage, String user) {
    return Objects.requireNonNull(storage.open(Identity.of(user)).block(WAIT));
  }

  private static void write(StorageSession session, int octets) {
    session.write(FILE, WriteMode.replace(), content(octets)).block(WAIT);
  }

  private static Flux<ByteBuf> content(int octets) {
    int piece = Math.min(octets, 8192);
    return Flux.range(0, octets / piece).map(i -> Unpooled.wrappedBuffer(new byte[piece]));
  }

  private static Mono<Void> read(StorageSession session) {
    return session.read(FILE, ByteRange.all()).doOnNext(ByteBuf::release).then();
  }

  /** How many whole seconds have to pass until the work is done. */
  private int seconds(Mono<Void> work) {
    Mono<Void> running = work.cache();
    boolean[] done = new boolean[1];
    running.subscribe(nothing -> {}, failure -> {}, () -> done[0] = true);
    int passed = 0;
    for (; !done[0] && passed < 100; passed++) {
      clock.advanceTimeBy(Duration.ofSeconds(1));
    }
    running.block(WAIT);
    return passed;
  }
}
