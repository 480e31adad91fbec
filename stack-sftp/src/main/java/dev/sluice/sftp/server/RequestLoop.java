package dev.sluice.sftp.server;

import dev.sluice.api.SessionClosed;
import dev.sluice.sftp.SftpServerLimits;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.io.Outbox;
import dev.sluice.sftp.message.DraftExtension.VersionSelect;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.Init;
import dev.sluice.sftp.message.PacketDecoder;
import dev.sluice.sftp.message.PacketFramer;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.ssh.SshCall;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * Reads requests and makes sure that each is answered once. Stops reading while too much is
 * unanswered or unsent, so that the channel's window stops the client. On the thread of the
 * channel.
 */
final class RequestLoop implements CoreSubscriber<ByteBuf> {
  private static final Logger LOG = LoggerFactory.getLogger(RequestLoop.class);
  private static final int BUFFERS_AHEAD = 16;
  private static final int LEAST_PACKET = 1 + Integer.BYTES; // a type and an id
  private static final int FAILED = 1;
  private static final int RETRY_MILLIS = 20;

  /** What the client may send next. */
  private enum Talk {
    /** INIT. */
    NEW,
    /** Any request; the first one may choose another version. */
    GREETED,
    /** Any request. */
    BEGUN
  }

  /** How far the session is from its end. */
  private enum Stage {
    OPEN,
    /** The client sends no more. */
    INPUT_ENDED,
    /** Nothing more is answered; earlier answers are still sent. */
    FINISHED,
    /** The call is over. */
    DROPPED;

    boolean answers() {
      return this == OPEN || this == INPUT_ENDED;
    }
  }

  /** Whether requests are read and run now; a nested call requests another round. */
  private enum Pump {
    IDLE,
    RUNNING,
    AGAIN
  }

  private final Session session;
  private final PacketFramer framer;
  private final Outbox outbox = new Outbox(ByteBufAllocator.DEFAULT, this::pump);
  private final Runner runner;
  private final HeldMemory memory;
  private @Nullable Subscription input;
  private Talk talk = Talk.NEW;
  private Stage stage = Stage.OPEN;
  private Pump pump = Pump.IDLE;
  private boolean retrying;
  private int buffersDue;
  private int status;

  RequestLoop(Session session) {
    this.session = session;
    this.memory = new HeldMemory(session.memory());
    this.framer = new PacketFramer(ByteBufAllocator.DEFAULT, limits().packet());
    this.runner = new Runner(session, this::answer, this::pump);
  }

  /** Serves a call; returns its exit status. */
  Mono<Integer> run(SshCall call) {
    return Mono.defer(
            () -> {
              call.input().subscribe(this);
              return call.send(outbox);
            })
        .onErrorResume(SessionClosed.class, gone -> Mono.empty())
        .then(Mono.fromSupplier(() -> status))
        .doFinally(how -> session.scheduler().schedule(this::drop));
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    input = subscription;
    pump();
  }

  @Override
  public void onNext(ByteBuf octets) {
    buffersDue--;
    if (!stage.answers()) {
      octets.release();
      return;
    }
    framer.add(octets);
    pump();
  }

  /** The connection is lost, and reports the cause itself: running requests go unanswered. */
  @Override
  public void onError(Throwable cause) {
    onComplete();
  }

  @Override
  public void onComplete() {
    if (stage == Stage.OPEN) {
      stage = Stage.INPUT_ENDED;
    }
    pump();
  }

  /** Reads, runs and sends what can be. */
  private void pump() {
    if (pump != Pump.IDLE) {
      pump = Pump.AGAIN;
      return;
    }
    do {
      pump = Pump.RUNNING;
      readPackets();
      startDue();
    } while (pump == Pump.AGAIN);
    pump = Pump.IDLE;
    if (stage == Stage.INPUT_ENDED && runner.isIdle() && !isPaused()) {
      finish();
    } else {
      readOn();
    }
  }

  /**
   * Starts requests, but reads nothing from the storage while too much already waits to be sent.
   */
  private void startDue() {
    count();
    long room = memory.room();
    runner.startDue(Math.min(limits().waiting() - outbox.octets() - runner.reading(), room));
    count();
    if (room == 0 && !runner.isIdle() && outbox.octets() == 0 && !retrying) {
      retrying = true; // others hold the memory, and no event here says when some is free
      session
          .scheduler()
          .schedule(
              () -> {
                retrying = false;
                pump();
              },
              RETRY_MILLIS,
              TimeUnit.MILLISECONDS);
    }
  }

  /** Lets the memory of all connections know what waits here. */
  private void count() {
    memory.count(stage == Stage.DROPPED ? 0 : outbox.octets() + runner.reading());
  }

  private void readOn() {
    if (input != null && stage == Stage.OPEN && !isPaused() && buffersDue <= BUFFERS_AHEAD / 2) {
      int more = BUFFERS_AHEAD - buffersDue;
      buffersDue = BUFFERS_AHEAD;
      input.request(more);
    }
  }

  private boolean isPaused() {
    return runner.unfinished() >= limits().requests()
        || runner.octets() + outbox.octets() >= limits().waiting();
  }

  private SftpServerLimits limits() {
    return session.options().limits();
  }

  private void readPackets() {
    try {
      while (stage.answers() && !isPaused()) {
        ByteBuf packet = framer.next();
        if (packet == null) {
          return;
        }
        try {
          receive(packet);
        } finally {
          packet.release();
        }
      }
    } catch (SshViolation e) {
      end(e);
    }
  }

  /** The stream cannot be read on, or must not be. */
  private void end(SshViolation why) {
    LOG.debug("session {}: {}", session.ref().id(), why.getMessage());
    status = FAILED;
    finish();
  }

  private void finish() {
    if (stage.answers()) {
      stage = Stage.FINISHED;
    }
    framer.clear();
    outbox.complete();
  }

  private void receive(ByteBuf packet) {
    if (packet.getByte(packet.readerIndex()) == Init.TYPE) {
      init(packet);
      return;
    }
    if (talk == Talk.NEW || packet.readableBytes() < LEAST_PACKET) {
      throw SshViolation.protocol("SFTP: no packet can stand here");
    }
    int id = packet.getInt(packet.readerIndex() + 1);
    boolean first = talk == Talk.GREETED;
    talk = Talk.BEGUN;
    try {
      SftpRequest request = PacketDecoder.request(packet, session.dialect());
      if (request instanceof Extended e && e.extension() instanceof VersionSelect select) {
        select(id, select, first);
      } else {
        runner.add(request);
      }
    } catch (SshViolation e) {
      answer(ServerStatus.of(id, StatusCode.BAD_MESSAGE, session.version()));
    }
  }

  private void init(ByteBuf packet) {
    packet.skipBytes(1);
    Init init = Init.decode(packet);
    if (talk != Talk.NEW || init.version() < SftpVersion.V3.number()) {
      throw SshViolation.protocol("SFTP: INIT of version " + init.version());
    }
    talk = Talk.GREETED;
    long number = Math.min(init.version(), session.options().highestVersion().number());
    session.speak(SftpVersion.of(number).orElseThrow());
    outbox.add(Offers.of(session), session.dialect());
  }

  /** Another version, for a client that offered a lower one (draft-…-filexfer-13 section 5.5). */
  private void select(int id, VersionSelect select, boolean first) {
    SftpVersion wanted = Offers.version(select.version(), session.options());
    if (wanted == null || !first) {
      answer(ServerStatus.of(id, StatusCode.INVALID_PARAMETER, session.version()));
      end(SshViolation.protocol("SFTP: version-select"));
      return;
    }
    answer(ServerStatus.ok(id, session.version()));
    session.speak(wanted);
  }

  private void answer(SftpResponse response) {
    outbox.add(response, session.dialect());
  }

  private void drop() {
    stage = Stage.DROPPED;
    framer.clear();
    runner.clear();
    outbox.cancel();
    count();
  }
}
