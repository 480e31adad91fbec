package dev.sluice.sftp.client;

import dev.sluice.api.FileEntry;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.transport.io.WakeUp;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * A directory's entries: several READDIRs in flight at a time while there is demand. A name that
 * would lead elsewhere ends the listing with an error.
 */
final class ListStream extends Flux<FileEntry> {
  private static final int MOST_REQUESTS = 3;
  private static final int MOST_WAITING = 256;

  private final SftpLink link;
  private final RemotePath directory;

  ListStream(SftpLink link, RemotePath directory) {
    this.link = link;
    this.directory = directory;
  }

  @Override
  public void subscribe(CoreSubscriber<? super FileEntry> actual) {
    Listing listing = new Listing(actual);
    actual.onSubscribe(listing);
    link.run(listing::open);
  }

  /** The listing of one subscriber. */
  private final class Listing implements Subscription {
    private final CoreSubscriber<? super FileEntry> actual;
    private final Demand demand = new Demand();
    private final WakeUp drain = new WakeUp(link::run, this::drain);
    private final ArrayDeque<FileEntry> entries = new ArrayDeque<>();
    private final Consumer<Throwable> lost = this::lost;
    private volatile boolean cancelled;
    private @Nullable SftpHandle handle;
    private @Nullable Throwable failure;
    private int requests;
    private boolean sawEnd;
    private boolean done;

    Listing(CoreSubscriber<? super FileEntry> actual) {
      this.actual = actual;
    }

    @Override
    public void request(long n) {
      if (demand.add(n)) {
        drain.wake();
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      drain.wake();
    }

    void open() {
      if (cancelled) {
        done = true;
        return;
      }
      try {
        String text = Requests.text(directory);
        link.send(
            SftpResponse.Handle.TYPE,
            id -> new PathRequest.Plain(PathRequest.Plain.Kind.OPENDIR, id, text),
            new OpenReply());
      } catch (FileFailure e) {
        finish(e);
      }
    }

    private void drain() {
      while (!done && !cancelled && !demand.isEmpty() && !entries.isEmpty()) {
        demand.take();
        actual.onNext(entries.remove());
      }
      SftpHandle from = handle;
      if (done || from == null) {
        return;
      }
      if (cancelled) {
        drop();
      } else if (failure != null) {
        finish(failure);
      } else if (sawEnd && requests == 0 && entries.isEmpty()) {
        finish(null);
      } else {
        ask(from);
      }
    }

    private void ask(SftpHandle from) {
      while (!sawEnd
          && !demand.isEmpty()
          && requests < MOST_REQUESTS
          && entries.size() < MOST_WAITING) {
        requests++;
        link.send(
            SftpResponse.Name.TYPE, id -> new HandleRequest.Readdir(id, from), new NameReply());
      }
    }

    /** A subscriber without demand learns of it too, unless all entries have arrived. */
    private void lost(Throwable cause) {
      if (!sawEnd || requests > 0) {
        fail(cause);
        drain();
      }
    }

    private void fail(Throwable cause) {
      failure = failure == null ? cause : failure;
    }

    private void drop() {
      done = true;
      entries.clear();
      if (handle != null) {
        link.leave(lost);
        link.close(handle);
        handle = null;
      }
    }

    private void finish(@Nullable Throwable cause) {
      drop();
      if (cause == null) {
        actual.onComplete();
      } else {
        actual.onError(cause);
      }
    }

    private final class OpenReply implements Reply {
      @Override
      public void onResponse(SftpResponse response) {
        if (response instanceof SftpResponse.Handle opened) {
          handle = opened.handle();
          link.enter(lost);
          drain();
        } else if (!cancelled) {
          finish(ClientErrors.failure((SftpResponse.Status) response, directory));
        }
      }

      @Override
      public void onFailure(Throwable cause) {
        if (!cancelled) {
          finish(cause);
        }
      }
    }

    private final class NameReply implements Reply {
      @Override
      public void onResponse(SftpResponse response) {
        requests--;
        if (response instanceof SftpResponse.Name names) {
          add(names);
        } else if (ClientErrors.isEnd((SftpResponse.Status) response)) {
          sawEnd = true;
        } else {
          fail(ClientErrors.failure((SftpResponse.Status) response, directory));
        }
        drain();
      }

      @Override
      public void onFailure(Throwable cause) {
        requests--;
        fail(cause);
        drain();
      }

      private void add(SftpResponse.Name names) {
        sawEnd |= names.endOfList();
        for (SftpResponse.Name.Entry entry : names.entries()) {
          if (entry.name().equals(".") || entry.name().equals("..")) {
            continue;
          }
          try {
            entries.add(
                new FileEntry(directory.child(entry.name()), Attributes.read(entry.attributes())));
          } catch (FileFailure e) {
            fail(e);
            return;
          }
        }
      }
    }
  }
}
