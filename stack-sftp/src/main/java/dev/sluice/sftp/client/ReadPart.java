package dev.sluice.sftp.client;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.ssh.wire.SshViolation;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A run of octets that was asked for. A short answer is not the end of the file: what is missing is
 * asked for again and keeps its place.
 */
final class ReadPart {
  private final long offset;
  private final int length;
  private final ArrayDeque<ByteBuf> data = new ArrayDeque<>();
  private int received;
  private boolean end;
  private boolean sawNothing;
  private @Nullable Throwable failure;

  ReadPart(long offset, int length) {
    this.offset = offset;
    this.length = length;
  }

  long offset() {
    return offset;
  }

  /** Where the next missing octet lies. */
  long position() {
    return offset + received;
  }

  int missing() {
    return length - received;
  }

  int received() {
    return received;
  }

  /** Whether the file ends where this part's data ends. */
  boolean isEnd() {
    return end;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  boolean isComplete() {
    return received == length;
  }

  /** Whether nothing more is to be asked for. */
  boolean isSettled() {
    return end || failure != null || isComplete();
  }

  void fail(Throwable cause) {
    failure = cause;
  }

  /**
   * Takes the answer to a READ of what was missing.
   *
   * @throws SshViolation if there is more data than that
   */
  void answer(SftpResponse response, RemotePath path) {
    if (response instanceof SftpResponse.Data answer) {
      add(answer, path);
    } else {
      SftpResponse.Status status = (SftpResponse.Status) response;
      if (ClientErrors.isEnd(status)) {
        end = true;
      } else {
        failure = ClientErrors.failure(status, path, "offset " + position() + ": ");
      }
    }
  }

  /** The first data that was not delivered. */
  @Nullable ByteBuf peek() {
    return data.peek();
  }

  void poll() {
    data.poll();
  }

  void release() {
    data.forEach(ByteBuf::release);
    data.clear();
  }

  private void add(SftpResponse.Data answer, RemotePath path) {
    int octets = answer.data().readableBytes();
    if (octets > missing()) {
      answer.data().release();
      SshViolation more =
          SshViolation.protocol("SFTP: " + octets + " octets in answer to a READ of " + missing());
      failure = more;
      throw more;
    }
    end = answer.endOfFile();
    if (octets > 0) {
      received += octets;
      data.add(answer.data());
      return;
    }
    answer.data().release();
    if (sawNothing && !end) {
      failure =
          new FileFailure(
              FileError.IO_ERROR, path, "offset " + position() + ": the server sends nothing");
    }
    sawNothing = true;
  }
}
