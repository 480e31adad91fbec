package dev.sluice.sftp.server;

import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** A directory that a client has opened: its entries are read on demand. */
final class OpenDirectory implements OpenHandle {
  /** Entries asked of the storage at a time. */
  static final int BATCH = 100;

  private final Flux<FileEntry> entries;
  private final Pulling pulling = new Pulling();
  private final ArrayDeque<Listed> left = new ArrayDeque<>();
  private boolean started;

  /** A name in the directory, and its attributes. */
  record Listed(String name, FileAttributes attributes) {}

  /**
   * @param here attributes of the directory itself
   * @param above attributes of the one that holds it
   */
  OpenDirectory(Flux<FileEntry> entries, FileAttributes here, FileAttributes above) {
    this.entries = entries;
    left.add(new Listed(".", here));
    left.add(new Listed("..", above));
  }

  /** Makes sure that there is a next entry, unless all have been read. One call at a time. */
  Mono<Void> fill() {
    if (started && !left.isEmpty()) {
      return Mono.empty();
    }
    started = true;
    return Mono.<List<FileEntry>>create(pulling::pull)
        .doOnNext(more -> more.forEach(it -> left.add(new Listed(it.name(), it.attributes()))))
        .then();
  }

  /** The next entry; null = none has been read. */
  @Nullable Listed peek() {
    return left.peek();
  }

  /** Removes the next entry. */
  void drop() {
    left.remove();
  }

  @Override
  public Scope scope() {
    return Scope.of(this);
  }

  @Override
  public Mono<Void> abandon() {
    return Mono.fromRunnable(pulling::stop);
  }

  private final class Pulling implements CoreSubscriber<FileEntry> {
    private @Nullable Subscription source;
    private @Nullable MonoSink<List<FileEntry>> waiting;
    private @Nullable Throwable failure;
    private List<FileEntry> batch = new ArrayList<>();
    private boolean subscribed;
    private boolean ended;

    void pull(MonoSink<List<FileEntry>> sink) {
      Subscription asked;
      synchronized (this) {
        if (ended) {
          end(sink);
          return;
        }
        waiting = sink;
        asked = source;
      }
      if (asked != null) {
        asked.request(BATCH);
      } else if (!subscribed) {
        subscribed = true;
        entries.subscribe(this);
      }
    }

    void stop() {
      Subscription asked;
      synchronized (this) {
        ended = true;
        asked = source;
      }
      if (asked != null) {
        asked.cancel();
      }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      boolean stopped;
      synchronized (this) {
        source = subscription;
        stopped = ended;
      }
      if (stopped) {
        subscription.cancel();
      } else {
        subscription.request(BATCH);
      }
    }

    @Override
    public void onNext(FileEntry entry) {
      MonoSink<List<FileEntry>> full = null;
      List<FileEntry> ready = List.of();
      synchronized (this) {
        batch.add(entry);
        if (batch.size() == BATCH) {
          full = waiting;
          waiting = null;
          ready = batch;
          batch = new ArrayList<>();
        }
      }
      if (full != null) {
        full.success(ready);
      }
    }

    @Override
    public void onError(Throwable cause) {
      finish(cause);
    }

    @Override
    public void onComplete() {
      finish(null);
    }

    private void finish(@Nullable Throwable cause) {
      MonoSink<List<FileEntry>> last;
      synchronized (this) {
        ended = true;
        failure = cause;
        last = waiting;
        waiting = null;
      }
      if (last != null) {
        end(last);
      }
    }

    /** What is left of the last batch comes first, then the end. */
    private void end(MonoSink<List<FileEntry>> sink) {
      List<FileEntry> left;
      synchronized (this) {
        left = batch;
        batch = new ArrayList<>();
      }
      if (left.isEmpty() && failure != null) {
        sink.error(failure);
      } else {
        sink.success(left);
      }
    }
  }
}
