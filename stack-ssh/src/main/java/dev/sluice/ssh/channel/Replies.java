package dev.sluice.ssh.channel;

import dev.sluice.api.LimitExceeded;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Answers to requests, given in any order and sent in the order of the requests (RFC 4254 sections
 * 4 and 5.4).
 */
public final class Replies {
  private static final int MOST = 128;

  private final Consumer<Boolean> send;
  private final ArrayDeque<Slot> open = new ArrayDeque<>();

  /**
   * @param send sends the answer to the oldest request
   */
  public Replies(Consumer<Boolean> send) {
    this.send = send;
  }

  /** The place of one answer. */
  public final class Slot {
    private final boolean wanted;
    private boolean answered;
    private boolean granted;

    private Slot(boolean wanted) {
      this.wanted = wanted;
    }

    /** Answers the request. Call this only once. */
    public void answer(boolean grant) {
      if (answered) {
        throw new IllegalStateException("this request has been answered");
      }
      answered = true;
      granted = grant;
      flush();
    }
  }

  /**
   * A place for the answer to the request that has just come.
   *
   * @param wanted whether the requester wants one
   */
  public Slot next(boolean wanted) {
    if (open.size() >= MOST) {
      throw new LimitExceeded("requests: more than " + MOST + " wait for an answer");
    }
    Slot slot = new Slot(wanted);
    open.add(slot);
    return slot;
  }

  private void flush() {
    while (!open.isEmpty() && open.element().answered) {
      Slot slot = open.remove();
      if (slot.wanted) {
        send.accept(slot.granted);
      }
    }
  }
}
