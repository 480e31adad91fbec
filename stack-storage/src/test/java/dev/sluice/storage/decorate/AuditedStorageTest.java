package dev.sluice.storage.decorate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.storage.memory.MemoryStorage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

final class AuditedStorageTest {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final RemotePath FILE = RemotePath.of("/file");

  private final List<AuditRecord> records = new CopyOnWriteArrayList<>();
  private final StorageSession session =
      Objects.requireNonNull(
          new AuditedStorage(MemoryStorage.create(), records::add, Clock.fixed(NOW, ZoneOffset.UTC))
              .open(Identity.of("ann"))
              .block(WAIT));

  @Test
  void eachVerbIsOneRecordWithWhoWhatAndHowMuch() {
    session.write(FILE, WriteMode.replace(), content()).block(WAIT);
    session.read(FILE, ByteRange.all()).doOnNext(ByteBuf::release).blockLast(WAIT);
    session.rename(FILE, RemotePath.of("/other")).block(WAIT);
    session.list(RemotePath.root()).blockLast(WAIT);

    assertThat(lines())
        .containsExactly(
            "ann write /file null 2000 ok",
            "ann read /file null 2000 ok",
            "ann rename /file /other 0 ok",
            "ann list / null 0 ok");
    assertThat(records).extracting(AuditRecord::time).containsOnly(NOW);
    assertThat(records)
        .allSatisfy(entry -> assertThat(entry.took()).isGreaterThanOrEqualTo(Duration.ZERO));
  }

  @Test
  void whatIsRefusedIsRecordedWithTheReason() {
    assertThatThrownBy(() -> session.deleteFile(FILE).block(WAIT)).isInstanceOf(FileFailure.class);
    assertThatThrownBy(() -> session.read(FILE, ByteRange.all()).blockLast(WAIT))
        .isInstanceOf(FileFailure.class);

    assertThat(lines())
        .containsExactly(
            "ann deleteFile /file null 0 NOT_FOUND", "ann read /file null 0 NOT_FOUND");
  }

  @Test
  void anUploadThatIsGivenUpIsNoCompleteOne() {
    session
        .write(FILE, WriteMode.replace(), content().concatWith(Flux.never()))
        .subscribe()
        .dispose();

    assertThat(lines()).containsExactly("ann write /file null 2000 cancelled");
  }

  private static Flux<ByteBuf> content() {
    return Flux.range(0, 2).map(i -> Unpooled.wrappedBuffer(new byte[1000]));
  }

  private List<String> lines() {
    return records.stream()
        .map(
            entry ->
                String.join(
                    " ",
                    entry.user(),
                    entry.verb(),
                    entry.path().toString(),
                    String.valueOf(entry.target()),
                    Long.toString(entry.octets()),
                    entry.result()))
        .toList();
  }
}
