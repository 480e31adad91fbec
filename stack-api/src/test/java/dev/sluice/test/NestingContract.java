package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.Capability;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.Discards;
import dev.sluice.api.FileFailure;
import dev.sluice.api.SessionBusy;
import dev.sluice.api.TransferException;
import dev.sluice.api.WriteMode;
import io.netty.util.ReferenceCountUtil;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Every verb of a session, used inside every other one of the same session: each publisher ends in
 * a signal, and the session goes on.
 */
public interface NestingContract extends TreeUnderTest {
  /** A listing of so many names is more than a session reads ahead. */
  int MANY = 5000;

  /** Puts {@code count} files of one octet into a new directory, fast. */
  void makeFiles(String directory, int count);

  @Test
  default void eachVerbInsideEachStreamEndsInASignal() {
    makeFiles("/many", MANY);
    makeFiles("/few", 3);
    put("/big", octets(3_000_000));
    verbs()
        .forEach(
            (outer, around) ->
                verbs()
                    .forEach(
                        (inner, within) -> {
                          AtomicInteger items = new AtomicInteger();
                          endsInASignal(
                              inner + " inside " + outer,
                              Flux.from(around.get())
                                  .concatMap(
                                      item -> {
                                        ReferenceCountUtil.safeRelease(item);
                                        return items.getAndIncrement() < 2
                                            ? released(within.get())
                                            : Mono.empty();
                                      },
                                      1)
                                  .concatWith(Flux.defer(() -> released(within.get()))));
                        }));
  }

  @Test
  default void eachVerbInTheContentOfAWriteEndsInASignal() {
    makeFiles("/many", MANY);
    makeFiles("/few", 3);
    put("/big", octets(3_000_000));
    verbs()
        .forEach(
            (inner, within) ->
                endsInASignal(
                    inner + " in the content of a write",
                    operations()
                        .write(
                            path("/written"),
                            WriteMode.replace(),
                            Flux.defer(() -> released(within.get()))
                                .thenMany(inBuffersOf(10, octets(30))))));
  }

  @Test
  default void eachEntryOfAListingMayBeReadWhileItIsListed() {
    makeFiles("/few", 300);

    Long read =
        operations()
            .list(path("/few"))
            .concatMap(entry -> operations().read(entry.path(), ByteRange.all()))
            .doOnNext(ReferenceCountUtil::release)
            .count()
            .block(patience());
    Long besides =
        operations()
            .list(path("/few"))
            .flatMap(entry -> operations().read(entry.path(), ByteRange.all()))
            .doOnNext(ReferenceCountUtil::release)
            .count()
            .block(patience());

    assertThat(read).isEqualTo(300);
    assertThat(besides).isEqualTo(300);
  }

  @Test
  default void aTreeMayBeWalkedDepthFirst() {
    makeFiles("/a", 40);
    makeDirectory("/a/b");
    makeFiles("/a/b/c", 40);

    Long found =
        operations()
            .list(path("/a"))
            .expandDeep(
                entry ->
                    entry.attributes().isDirectory()
                        ? operations().list(entry.path())
                        : Flux.empty())
            .count()
            .block(patience());

    assertThat(found).isEqualTo(40 + 1 + 1 + 40);
  }

  private void endsInASignal(String name, Publisher<?> work) {
    Throwable thrown =
        catchThrowable(() -> Discards.released(Flux.from(work)).then().block(patience()));
    if (thrown != null) {
      assertThat(thrown)
          .as(name)
          .isInstanceOf(mayBeBusy() ? TransferException.class : FileFailure.class);
    }
    assertThat(catchThrowable(() -> stat("/big"))).as("the session after " + name).isNull();
  }

  /** Whether the session does one thing at a time, so that {@link SessionBusy} is an answer. */
  boolean mayBeBusy();

  private static Flux<Object> released(Publisher<?> publisher) {
    return Flux.from(publisher).doOnNext(ReferenceCountUtil::safeRelease).map(item -> "released");
  }

  private Map<String, Supplier<Publisher<?>>> verbs() {
    Map<String, Supplier<Publisher<?>>> verbs = new LinkedHashMap<>();
    verbs.put("stat", () -> operations().stat(path("/big")));
    verbs.put("list", () -> operations().list(path("/many")));
    verbs.put("a short list", () -> operations().list(path("/few")));
    verbs.put("read", () -> operations().read(path("/big"), ByteRange.all()));
    verbs.put(
        "write",
        () ->
            operations()
                .write(path("/other"), WriteMode.replace(), inBuffersOf(1000, octets(5000))));
    verbs.put("createDirectory", () -> operations().createDirectory(path("/new")));
    verbs.put("deleteDirectory", () -> operations().deleteDirectory(path("/new")));
    verbs.put("rename", () -> operations().rename(path("/other"), path("/renamed")));
    verbs.put("deleteFile", () -> operations().deleteFile(path("/renamed")));
    verbs.put(
        "setAttributes",
        () ->
            operations()
                .setAttributes(path("/big"), AttributeChange.none().withModified(Instant.EPOCH)));
    if (can(Capability.CHECKSUM)) {
      verbs.put(
          "checksum",
          () -> operations().checksum(path("/big"), ChecksumAlgorithm.SHA_256, ByteRange.all()));
    }
    return verbs;
  }
}
