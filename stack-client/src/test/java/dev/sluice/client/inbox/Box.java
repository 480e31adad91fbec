package dev.sluice.client.inbox;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WalkOptions;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.Contents;
import dev.sluice.storage.memory.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A tree in memory with an inbox, a clock that the test moves, and what both have reported. */
final class Box {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final Duration EVERY = Duration.ofSeconds(5);
  static final RemotePath IN = RemotePath.of("/in");

  final VirtualTimeScheduler time = VirtualTimeScheduler.create();
  final List<InboxEvent> events = new CopyOnWriteArrayList<>();
  final List<String> handled = new CopyOnWriteArrayList<>();
  final Tree tree;
  final Inbox inbox;

  Box() {
    tree = new Tree(MemoryStorage.create().open(Identity.of("user")).block(PATIENCE));
    tree.createDirectory(IN).block(PATIENCE);
    inbox = Inbox.of(tree, IN, "one").timer(time).every(EVERY).stableFor(0);
  }

  /** Runs it; each file is read, and noted as {@code NAME=TEXT}. */
  Disposable run(Inbox how) {
    return run(how, file -> text(file).doOnNext(text -> handled.add(note(file, text))).then());
  }

  Disposable run(Inbox how, Function<InboxFile, Mono<Void>> handler) {
    return how.run(handler).subscribe(events::add);
  }

  static String note(InboxFile file, String text) {
    return file.name() + "=" + text;
  }

  static Mono<String> text(InboxFile file) {
    return Contents.text(file.contents(), StandardCharsets.UTF_8, 1 << 20);
  }

  /** Lets the next poll come. */
  void poll() {
    time.advanceTimeBy(EVERY);
  }

  void put(String path, String text) {
    put(tree.inner(), RemotePath.of(path), text);
  }

  static void put(FileOperations tree, RemotePath path, String text) {
    tree.createDirectories(path.parent())
        .then(tree.write(path, WriteMode.replace(), Contents.of(text, StandardCharsets.UTF_8)))
        .block(PATIENCE);
  }

  String text(String path) {
    return tree.text(path);
  }

  /** All files, sorted. */
  List<String> names() {
    return tree.names();
  }

  <T extends InboxEvent> List<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** A tree that the test looks at. */
  static class Files implements ForwardingSession {
    private final StorageSession inner;

    Files(StorageSession inner) {
      this.inner = inner;
    }

    @Override
    public StorageSession inner() {
      return inner;
    }

    String text(String path) {
      return Contents.text(
              inner.read(RemotePath.of(path), ByteRange.all()), StandardCharsets.UTF_8, 1 << 20)
          .block(PATIENCE);
    }

    /** All files, sorted. */
    List<String> names() {
      return inner.walk(RemotePath.root(), WalkOptions.ALL).collectList().block(PATIENCE).stream()
          .filter(entry -> entry.attributes().isFile())
          .map(entry -> entry.path().toString())
          .sorted()
          .toList();
    }
  }

  /** A tree that the test can make fail. */
  static final class Tree extends Files {
    final AtomicInteger listings = new AtomicInteger();
    volatile Function<Flux<FileEntry>, Flux<FileEntry>> onList = listing -> listing;
    volatile Function<Mono<Void>, Mono<Void>> onRename = renaming -> renaming;
    volatile Function<Mono<Void>, Mono<Void>> onDelete = deletion -> deletion;

    Tree(StorageSession inner) {
      super(inner);
    }

    @Override
    public Flux<FileEntry> list(RemotePath directory) {
      return Flux.defer(
          () -> {
            listings.incrementAndGet();
            return onList.apply(inner().list(directory));
          });
    }

    @Override
    public Mono<Void> rename(RemotePath from, RemotePath to) {
      return Mono.defer(() -> onRename.apply(inner().rename(from, to)));
    }

    @Override
    public Mono<Void> deleteFile(RemotePath file) {
      return Mono.defer(() -> onDelete.apply(inner().deleteFile(file)));
    }
  }
}
