package dev.sluice.sftp.client;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.ReadSize;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TransferException;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpResponse;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * A download: many READs under way at a time, delivered in the order of the file. STAT goes out
 * beside OPEN; its size is a hint that lets the READ which finds the end go out with the others, so
 * that a small file takes two round trips. What was read and not yet taken counts as under way.
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

  /** One subscriber's. What is not said to be otherwise happens on the link's thread. */
  private final class Reading implements Subscription {
    private static final long UNKNOWN = -1;

    private final CoreSubscriber<? super ByteBuf> actual;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicLong mostAsked = new AtomicLong();
    private final int allowed;
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final ArrayDeque<ReadPart> parts = new ArrayDeque<>();
    private final FlightWindow window;
    private final ReadPace pace;
    private final long end;
    private final Consumer<Throwable> lost = this::lost;
    private volatile boolean cancelled;
    private @Nullable SftpHandle handle;
    private boolean sizeAwaited = true;
    private long size = UNKNOWN;
    private long next;
    private long underWay;
    private long undelivered;
    private boolean lastRequested;
    private boolean done;

    Reading(CoreSubscriber<? super ByteBuf> actual) {
      this.actual = actual;
      this.allowed = ReadSize.of(actual.currentContext());
      this.next = range.start();
      this.end =
          range.length() > Long.MAX_VALUE - range.start()
              ? Long.MAX_VALUE
              : range.start() + range.length();
      this.window = new FlightWindow(link.roundTrip(), limits);
      this.pace = new ReadPace(limits.readChunk());
    }

    @Override
    public void request(long n) {
      if (Operators.validate(n)) {
        long asked = demand.accumulateAndGet(n, Operators::addCap);
        mostAsked.accumulateAndGet(asked, Math::max);
        wake();
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      wake();
    }

    private void wake() {
      if (wakeUps.getAndIncrement() == 0) {
        link.run(
            () -> {
              wakeUps.set(0);
              drain();
            });
      }
    }

    void open() {
      if (cancelled) {
        done = true;
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

    private void begin() {
      if (handle == null || sizeAwaited || done) {
        return;
      }
      if (size != UNKNOWN && size < range.start() && size > 0) {
        finish(beyond());
      } else {
        pace.expect(size);
        window.begin(link.headStart(), System.nanoTime());
        drain();
      }
    }

    private FileFailure beyond() {
      return new FileFailure(
          FileError.OUT_OF_RANGE, path, "offset " + range.start() + " of " + size + " octets");
    }

    private void drain() {
      if (cancelled && !done) {
        drop();
      }
      if (done || handle == null || sizeAwaited) {
        return;
      }
      while (!done && !parts.isEmpty() && deliver(parts.element())) {
        parts.remove();
      }
      if (done) {
        return;
      }
      if (parts.isEmpty() && next >= end) {
        finish(null);
      } else {
        fill(handle);
      }
    }

    /** Whether all of the part was delivered and more may follow. */
    private boolean deliver(ReadPart part) {
      for (ByteBuf data = part.peek(); data != null; data = part.peek()) {
        if (cancelled) {
          drop();
          return false;
        }
        if (demand.get() == 0) {
          return false;
        }
        int most = ReadSize.within(allowed, mostAsked.get());
        if (data.readableBytes() > most) {
          data = data.readRetainedSlice(most);
        } else {
          part.poll();
        }
        int octets = data.readableBytes();
        undelivered -= octets;
        underWay -= octets;
        window.passed(octets, undelivered, System.nanoTime());
        if (demand.get() != Long.MAX_VALUE) {
          demand.decrementAndGet();
        }
        actual.onNext(data);
      }
      if (cancelled) {
        drop();
      } else if (part.failure() != null) {
        finish(part.failure());
      } else if (part.isEnd()) {
        boolean behind = part.position() == range.start() && size >= 0 && size < range.start();
        finish(behind ? beyond() : null);
      }
      return !done && part.isComplete();
    }

    private void fill(SftpHandle from) {
      while (!lastRequested && next < end && demand.get() > 0) {
        long length = pace.length(next, end);
        if (!pace.admits(next) || !window.admits(underWay, length)) {
          return;
        }
        ReadPart part = new ReadPart(next, (int) length);
        parts.add(part);
        next += length;
        underWay += length;
        pace.requested(part.offset());
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
      undelivered += octets;
      SftpHandle from = handle;
      if (part.isSettled()) {
        lastRequested |= part.isEnd() || part.failure() != null;
        pace.answered(part.offset(), part.isEnd());
      } else if (from != null) {
        pace.fellShort(octets);
        ask(part, from);
      }
      drain();
    }

    /** Who does not ask hears of it too, unless all that was asked for is here. */
    private void lost(Throwable cause) {
      boolean whole =
          (lastRequested || next >= end)
              && parts.stream().allMatch(part -> part.isSettled() && part.failure() == null);
      if (!done && !whole) {
        finish(cause);
      }
    }

    private void drop() {
      done = true;
      parts.forEach(ReadPart::release);
      parts.clear();
      window.end(link.headStart());
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

    private final class SizeReply implements Reply {
      @Override
      public void onResponse(SftpResponse response) {
        sizeAwaited = false;
        if (response instanceof SftpResponse.Attrs found) {
          Long told = found.attributes().size();
          size = told == null ? UNKNOWN : told;
          if (Attributes.isDirectory(found.attributes()) && !done) {
            finish(new FileFailure(FileError.IS_A_DIRECTORY, path, "cannot be read as a file"));
            return;
          }
        }
        begin();
      }

      @Override
      public void onFailure(Throwable cause) {
        sizeAwaited = false;
        begin();
      }
    }

    private final class OpenReply implements Reply {
      @Override
      public void onResponse(SftpResponse response) {
        if (response instanceof SftpResponse.Handle opened) {
          if (done || cancelled) {
            done = true;
            link.close(opened.handle());
            return;
          }
          handle = opened.handle();
          link.enter(lost);
          begin();
        } else if (!done) {
          finish(ClientErrors.failure((SftpResponse.Status) response, path));
        }
      }

      @Override
      public void onFailure(Throwable cause) {
        if (!done) {
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
        if (done) {
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
        if (!done) {
          part.fail(cause);
          answered(part, 0);
        }
      }
    }
  }
}
