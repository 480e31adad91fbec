package dev.sluice.sftp.server;

import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import java.util.List;
import reactor.core.publisher.Mono;

/** A request that has been admitted, with what it needs to run. */
sealed interface Work {

  /** Octets that one read or write of the storage moves at most. */
  int MAX_JOINED = 1024 * 1024;

  SftpRequest request();

  /** Octets that wait with it. */
  default int octets() {
    return 0;
  }

  /** Gives back what the request holds, unanswered. */
  default void drop() {}

  /**
   * A READ.
   *
   * @param length octets wanted, within the limits of the server
   */
  record Reading(OpenFile file, HandleRequest.Read request, int length) implements Work {}

  /** A WRITE. The owner of this releases its data. */
  record Writing(OpenFile file, HandleRequest.Write request) implements Work {
    @Override
    public int octets() {
      return request.data().readableBytes();
    }

    @Override
    public void drop() {
      request.data().release();
    }
  }

  /**
   * Any other request, and its answer, which takes over what the request holds when it is
   * subscribed to.
   */
  record Calling(SftpRequest request, Mono<SftpResponse> answer) implements Work {
    @Override
    public int octets() {
      return request.payload().readableBytes();
    }

    @Override
    public void drop() {
      request.payload().release();
    }
  }

  /** Whether {@code next} moves the octets right after those of {@code turn}. */
  static boolean joins(List<Work> turn, Work next) {
    Work last = turn.get(turn.size() - 1);
    if (last instanceof Reading a && next instanceof Reading b) {
      long first = ((Reading) turn.get(0)).request.offset();
      return a.file == b.file
          && a.length > 0
          && b.request.offset() == a.request.offset() + a.length
          && b.request.offset() + b.length - first <= MAX_JOINED;
    }
    if (last instanceof Writing a && next instanceof Writing b) {
      long first = ((Writing) turn.get(0)).request.offset();
      return a.file == b.file
          && !a.file.how().appends()
          && b.request.offset() == a.request.offset() + a.octets()
          && b.request.offset() + b.octets() - first <= MAX_JOINED;
    }
    return false;
  }
}
