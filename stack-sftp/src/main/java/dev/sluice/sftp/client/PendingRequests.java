package dev.sluice.sftp.client;

import dev.sluice.api.LimitExceeded;
import dev.sluice.api.TimedOut;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.ssh.channel.RoundTrip;
import dev.sluice.ssh.wire.SshViolation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait for an answer, by their ids (draft-ietf-secsh-filexfer-02 sections 6 and
 * 7). Each ends exactly once. Knows no clock: times are arguments.
 *
 * <p>The time of a request runs from when it was sent or, if that is later, from the last time when
 * the oldest waiting request was answered: on a slow path, the answer to the last of many waits in
 * a long queue.
 */
final class PendingRequests {
  /** The most requests with late answers; with more, the server is considered dead. */
  static final int MOST_LATE = 256;

  private final Duration longest;
  private final Map<Integer, Pending> waiting = new LinkedHashMap<>();
  private final Set<Integer> late = new HashSet<>();
  private final RoundTrip roundTrip = new RoundTrip();
  private int next;
  private long movedOnNanos;

  private record Pending(Reply reply, int expected, long sentNanos) {}

  /**
   * @param first the first id
   * @param longest how long an answer may take
   */
  PendingRequests(int first, Duration longest) {
    this.next = first;
    this.longest = longest;
  }

  /** An id that no request in use has. */
  int next() {
    while (waiting.containsKey(next) || late.contains(next)) {
      next++;
    }
    return next++;
  }

  /**
   * Takes a request that is about to be sent.
   *
   * @param id of {@link #next}
   * @param expected the type of a response other than STATUS that may come; 0 = none
   */
  void add(int id, int expected, Reply reply, long nowNanos) {
    if (waiting.isEmpty()) {
      movedOnNanos = nowNanos;
    }
    waiting.put(id, new Pending(reply, expected, nowNanos));
  }

  /** What the path to the server and back takes. */
  RoundTrip roundTrip() {
    return roundTrip;
  }

  /**
   * Hands an answer to its request; an answer that comes too late is dropped. Takes the payload.
   *
   * @throws SshViolation if it was not requested
   */
  void answer(SftpResponse response, long nowNanos) {
    if (late.remove(response.id())) {
      response.payload().release();
      return;
    }
    Pending asked = taken(response.id(), nowNanos);
    if (asked == null) {
      response.payload().release();
      throw SshViolation.protocol("SFTP: an answer to no request, id " + response.id());
    }
    if (response.type() != SftpResponse.Status.TYPE && response.type() != asked.expected) {
      response.payload().release();
      SshViolation wrong =
          SshViolation.protocol(
              "SFTP: an answer of type " + response.type() + ", expected " + asked.expected);
      asked.reply.onFailure(wrong);
      throw wrong;
    }
    asked.reply.onResponse(response);
  }

  /**
   * The answer to {@code id} cannot be read.
   *
   * @throws SshViolation if it was not requested
   */
  void unreadable(int id, SshViolation cause, long nowNanos) {
    if (late.remove(id)) {
      return;
    }
    Pending asked = taken(id, nowNanos);
    if (asked == null) {
      throw cause;
    }
    asked.reply.onFailure(cause);
  }

  /** Ends the requests whose time is over. */
  void expire(long nowNanos) {
    List<Pending> overdue = new ArrayList<>();
    Iterator<Map.Entry<Integer, Pending>> oldest = waiting.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<Integer, Pending> entry = oldest.next();
      if (deadline(entry.getValue()) - nowNanos > 0) {
        break;
      }
      oldest.remove();
      late.add(entry.getKey());
      overdue.add(entry.getValue());
    }
    overdue.forEach(asked -> asked.reply.onFailure(new TimedOut("an answer", longest)));
    if (late.size() > MOST_LATE) {
      throw new LimitExceeded(late.size() + " requests of SFTP were not answered in time");
    }
  }

  /** Nanoseconds until the next deadline; {@link Long#MAX_VALUE} = none. */
  long untilDeadline(long nowNanos) {
    return waiting.isEmpty()
        ? Long.MAX_VALUE
        : deadline(waiting.values().iterator().next()) - nowNanos;
  }

  int size() {
    return waiting.size();
  }

  /** Ends every request. */
  void failAll(Throwable cause) {
    List<Pending> all = List.copyOf(waiting.values());
    waiting.clear();
    late.clear();
    all.forEach(asked -> asked.reply.onFailure(cause));
  }

  private @Nullable Pending taken(int id, long nowNanos) {
    boolean oldest = !waiting.isEmpty() && waiting.keySet().iterator().next() == id;
    Pending asked = waiting.remove(id);
    if (asked != null) {
      roundTrip.sample(asked.sentNanos, nowNanos);
    }
    if (oldest) {
      movedOnNanos = nowNanos;
    }
    return asked;
  }

  private long deadline(Pending asked) {
    long since = Math.max(0, movedOnNanos - asked.sentNanos);
    return asked.sentNanos + since + longest.toNanos();
  }
}
