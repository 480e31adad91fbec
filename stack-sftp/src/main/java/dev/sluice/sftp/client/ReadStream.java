package dev.sluice.sftp.client;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.ReadOptions;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TransferException;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.transport.io.WakeUp;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * A download: many READs in flight at a time, delivered in the order of the file. STAT is sent
 * together with OPEN. Its size is a hint: with it, the READ that finds the end can be sent with the
 * others, so a small file takes two round trips. What was read and not yet taken counts as in
 * flight.
 */
final class ReadStream extends Flux<ByteBuf> {
  private final SftpLink link;
  private final RemotePath path;
  private final ByteRange range;
  private final TransferLimits limits;

  ReadStream(SftpLink link, RemotePath path, ByteRange range, TransferLimits limits) {
    this.link = link;
    this.path = path;
    this.range = range;
    this.limits = limits;
  }

  @Override
  public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
    Reading reading = new Reading(actual);
    actual.onSubscribe(reading);
    link.run(reading::open);
  }

  /** How far a download is from its end. */
  private sealed interface Stage {
    long UNKNOWN = -1;

    /** What has to be given back; null = nothing. */
    default @Nullable SftpHandle handle() {
      return null;
    }

    /**
     * The answers to OPEN and STAT are awaited.
     *
     * @param handle null = not arrived yet
     * @param size null = not arrived yet; {@link #UNKNOWN} = the server does not say
     */
    record Opening(@Nullable SftpHandle handle, @Nullable Long size) implements Stage {
      static final Opening FIRST = new Opening(null, null);

      Stage opened(SftpHandle found) {
        return size == null ? new Opening(found, null) : new Open(found, size);
      }

      Stage sized(long told) {
        return handle == null ? new Opening(null, told) : new Open(handle, told);
      }
    }

    /** Parts are asked for and delivered. */
    record Open(SftpHandle handle, long size) implements Stage {}

    /** Nothing is delivered any more. */
    enum Over implements Stage {
      OVER
    }
  }

  /**
   * The download of one subscriber. Unless stated otherwise, everything happens on the link's
   * thread.
   */
  private final class Reading implements Subscription {
    private final CoreSubscriber<? super ByteBuf> actual;
    private final Demand demand = new Demand();
    private final ReadOptions options;
    private final WakeUp drain = new WakeUp(link::run, this::drain);
    private final ReadsUnderWay reads;
    private final Consumer<Throwable> lost = this::lost;
    private volatile boolean cancelled;
    private Stage stage = Stage.Opening.FIRST;

    Reading(CoreSubscriber<? super ByteBuf> actual) {
      this.actual = actual;
      this.options = ReadOptions.of(actual.currentContext());
      long end =
          range.length() > Long.MAX_VALUE - range.start()
              ? Long.MAX_VALUE
              : range.start() + range.length();
      this.reads =
          new ReadsUnderWay(
              new FlightWindow(link.roundTrip(), limits.within(options.readAhead())),
              new ReadPace(limits.readChunk()),
              range.start(),
              end);
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
        stage = Stage.Over.OVER;
        return;
      }
      String text;
      try {
        text = Requests.text(path);
      } catch (FileFailure e) {
        finish(e);
        return;
      }
      link.send(
          SftpResponse.Attrs.TYPE,
          id -> new PathRequest.Stat(id, text, Requests.WISHED),
          new SizeReply());
      link.send(
          SftpResponse.Handle.TYPE,
          id -> new PathRequest.Open(id, text, OpenHow.reading(), SftpAttributes.NONE),
          new OpenReply());
      link.expectBulk();
    }

    /** One of the two answers has arrived. */
    private void goOn(Stage next) {
      stage = next;
      if (next instanceof Stage.Open open) {
        if (open.size > 0 && open.size < range.start()) {
          finish(beyond(open.size));
        } else {
          reads.begin(link.headStart(), System.nanoTime(), open.size);
          drain();
        }
      }
    }

    private FileFailure beyond(long size) {
      return new FileFailure(
          FileError.OUT_OF_RANGE, path, "offset " + range.start() + " of " + size + " octets");
    }

    private void drain() {
      if (cancelled && stage != Stage.Over.OVER) {
        drop();
      }
      while (stage instanceof Stage.Open open) {
        ReadPart part = reads.first();
        if (part == null || !deliver(part, open)) {
          break;
        }
        reads.removeFirst();
      }
      if (stage instanceof Stage.Open open) {
        if (reads.isOver()) {
          finish(null);
        } else {
          fill(open.handle);
        }
      }
    }

    /** Returns whether all of the part was delivered and more may follow. */
    private boolean deliver(ReadPart part, Stage.Open open) {
      for (ByteBuf data = part.peek(); data != null; data = part.peek()) {
        if (cancelled) {
          drop();
          return false;
        }
        if (demand.isEmpty()) {
          return false;
        }
        int most = options.within(demand.most());
        if (data.readableBytes() > most) {
          data = data.readRetainedSlice(most);
        } else {
          part.poll();
        }
        reads.delivered(data.readableBytes(), System.nanoTime());
        demand.take();
        actual.onNext(data);
      }
      if (cancelled) {
        drop();
      } else if (part.failure() != null) {
        finish(part.failure());
      } else if (part.isEnd()) {
        boolean behind =
            part.position() == range.start() && open.size >= 0 && open.size < range.start();
        finish(behind ? beyond(open.size) : null);
      }
      return stage instanceof Stage.Open && part.isComplete();
    }

    private void fill(SftpHandle from) {
      while (!demand.isEmpty()) {
        ReadPart part = reads.add();
        if (part == null) {
          return;
        }
        ask(part, from);
      }
    }

    private void ask(ReadPart part, SftpHandle from) {
      link.send(
          SftpResponse.Data.TYPE,
          id -> new HandleRequest.Read(id, from, part.position(), part.missing()),
          new PartReply(part));
    }

    private void answered(ReadPart part, long octets) {
      reads.answered(part, octets);
      if (!part.isSettled() && stage instanceof Stage.Open open) {
        ask(part, open.handle);
      }
      drain();
    }

    /** A subscriber without demand learns of it too, unless all that was requested has arrived. */
    private void lost(Throwable cause) {
      if (stage != Stage.Over.OVER && !reads.isWhole()) {
        finish(cause);
      }
    }

    private void drop() {
      SftpHandle handle = stage.handle();
      stage = Stage.Over.OVER;
      reads.end(link.headStart());
      if (handle != null) {
        link.leave(lost);
        link.close(handle);
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

    private final class SizeReply implements Reply {
      @Override
      public void onResponse(SftpResponse response) {
        if (!(stage instanceof Stage.Opening opening)) {
          return;
        }
        if (response instanceof SftpResponse.Attrs found) {
          if (Attributes.isDirectory(found.attributes())) {
            finish(new FileFailure(FileError.IS_A_DIRECTORY, path, "cannot be read as a file"));
            return;
          }
          Long told = found.attributes().size();
          goOn(opening.sized(told == null ? Stage.UNKNOWN : told));
        } else {
          goOn(opening.sized(Stage.UNKNOWN));
        }
      }

      @Override
      public void onFailure(Throwable cause) {
        if (stage instanceof Stage.Opening opening) {
          goOn(opening.sized(Stage.UNKNOWN));
        }
      }
    }

    private final class OpenReply implements Reply {
      @Override
      public void onResponse(SftpResponse response) {
        if (!(response instanceof SftpResponse.Handle opened)) {
          onFailure(ClientErrors.failure((SftpResponse.Status) response, path));
        } else if (cancelled || !(stage instanceof Stage.Opening opening)) {
          stage = Stage.Over.OVER;
          link.close(opened.handle());
        } else {
          link.enter(lost);
          goOn(opening.opened(opened.handle()));
        }
      }

      @Override
      public void onFailure(Throwable cause) {
        if (stage != Stage.Over.OVER) {
          finish(cause);
        }
      }
    }

    private final class PartReply implements Reply {
      private final ReadPart part;

      PartReply(ReadPart part) {
        this.part = part;
      }

      @Override
      public void onResponse(SftpResponse response) {
        if (stage == Stage.Over.OVER) {
          response.payload().release();
          return;
        }
        long before = part.received();
        try {
          part.answer(response, path);
        } catch (TransferException e) {
          answered(part, 0);
          throw e;
        }
        answered(part, part.received() - before);
      }

      @Override
      public void onFailure(Throwable cause) {
        if (stage != Stage.Over.OVER) {
          part.fail(cause);
          answered(part, 0);
        }
      }
    }
  }
}
