package dev.sluice.sftp.server;

import dev.sluice.api.TransferException;
import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.server.Lanes.Turn;
import dev.sluice.sftp.server.Work.Calling;
import dev.sluice.sftp.server.Work.Reading;
import dev.sluice.sftp.server.Work.Writing;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** Runs requests in their order, and joins READs and WRITEs. On the session's thread. */
final class Runner {
  private final Session session;
  private final Consumer<SftpResponse> answers;
  private final Runnable changed;
  private final Lanes<Work> lanes = new Lanes<>(this::joins);
  private int unfinished;
  private long octets;
  private long reading; // octets that running reads may yield
  private long joinable = Long.MAX_VALUE;
  private boolean cleared;

  /**
   * @param changed runs when requests have been answered
   */
  Runner(Session session, Consumer<SftpResponse> answers, Runnable changed) {
    this.session = session;
    this.answers = answers;
    this.changed = changed;
  }

  /** Requests that have not been answered. */
  int unfinished() {
    return unfinished;
  }

  /** Octets that arrived with them. */
  long octets() {
    return octets;
  }

  boolean isIdle() {
    return unfinished == 0;
  }

  /** Takes the request, and its data. */
  void add(SftpRequest request) {
    try {
      if (request instanceof HandleRequest.Read read) {
        addRead(read);
      } else if (request instanceof HandleRequest.Write write) {
        addWrite(write);
      } else {
        addCall(request, RequestTable.admit(request, session));
      }
    } catch (TransferException | Refusal e) {
      request.payload().release();
      answers.accept(session.refusal(request.id(), e));
    }
  }

  /** Octets that running reads may yield. */
  long reading() {
    return reading;
  }

  /**
   * Starts what may run, as long as its answers find room.
   *
   * @param room octets of further answers
   */
  void startDue(long room) {
    long before = reading;
    while (room - (reading - before) > 0) {
      joinable = room - (reading - before);
      Turn<Work> turn = lanes.next();
      if (turn == null) {
        return;
      }
      start(turn);
    }
  }

  /** Forgets what has not been started; the answers of what has are dropped. */
  void clear() {
    cleared = true;
    lanes.clear().forEach(Work::drop);
  }

  private void addRead(HandleRequest.Read read) {
    OpenFile file = session.handles().file(read.handle());
    if (!file.how().reads()) {
      throw new Refusal(StatusCode.PERMISSION_DENIED);
    }
    if (file.isText()) {
      addCall(read, TextRequests.read(read, file, session));
      return;
    }
    long most = Math.min(session.options().limits().read(), Long.MAX_VALUE - read.offset());
    admit(file.scope(), new Reading(file, read, (int) Math.min(read.length(), most)));
  }

  private void addWrite(HandleRequest.Write write) {
    OpenFile file = session.handles().file(write.handle());
    if (!file.how().writes()) {
      throw new Refusal(StatusCode.PERMISSION_DENIED);
    }
    if (file.isText()) {
      addCall(write, TextRequests.write(write, file, session));
      return;
    }
    if (write.offset() > Long.MAX_VALUE - write.data().readableBytes()) {
      throw new Refusal(StatusCode.INVALID_PARAMETER);
    }
    admit(file.scope(), new Writing(file, write));
  }

  private void addCall(SftpRequest request, Handler.Admitted admitted) {
    Mono<SftpResponse> answer =
        MissingPaths.told(request, UsedNames.shown(request, admitted.answer(), session), session);
    admit(admitted.scope(), new Calling(request, answer));
  }

  private void admit(Scope scope, Work work) {
    unfinished++;
    octets += work.octets();
    lanes.add(scope, work);
  }

  private void start(Turn<Work> turn) {
    Work first = turn.works().get(0);
    if (first instanceof Calling call) {
      long moved = call.octets();
      new CallTurn(call, session, this::answer, () -> end(turn, moved)).run();
    } else if (first instanceof Writing) {
      List<Writing> writings = all(turn, Writing.class);
      long moved = writings.stream().mapToLong(Work::octets).sum();
      new WriteTurn(writings, session, this::answer, () -> end(turn, moved)).run();
    } else {
      List<Reading> readings = all(turn, Reading.class);
      long wanted = readings.stream().mapToLong(Reading::length).sum();
      reading += wanted;
      Runnable ended =
          () -> {
            reading -= wanted;
            end(turn, 0);
          };
      new ReadTurn(readings, session, this::answer, ended).run();
    }
  }

  /** Reads that are joined must have room together. */
  private boolean joins(List<Work> turn, Work next) {
    if (next instanceof Reading reading && turn.get(0) instanceof Reading first) {
      long octets = reading.request().offset() + reading.length() - first.request().offset();
      return octets <= joinable && Work.joins(turn, next);
    }
    return Work.joins(turn, next);
  }

  /** The works of a turn are of one kind, see {@link Work#joins}. */
  private static <W extends Work> List<W> all(Turn<Work> turn, Class<W> kind) {
    return turn.works().stream().map(kind::cast).toList();
  }

  private void end(Turn<Work> turn, long moved) {
    unfinished -= turn.works().size();
    octets -= moved;
    if (!cleared) {
      lanes.ended(turn);
      changed.run();
    }
  }

  private void answer(SftpResponse response) {
    if (cleared) {
      response.payload().release();
    } else {
      answers.accept(response);
    }
  }
}
