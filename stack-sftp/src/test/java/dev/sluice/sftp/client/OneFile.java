package dev.sluice.sftp.client;

import dev.sluice.sftp.message.HandleRequest;
import dev.sluice.sftp.message.PathRequest;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.SftpResponse;
import dev.sluice.sftp.message.StatusCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import java.util.function.LongFunction;

/** A script: every path is one file, which is read and written. */
final class OneFile implements ScriptedServer.Script {
  private final Set<SftpHandle> open = ConcurrentHashMap.newKeySet();
  private final long toldSize;
  private IntUnaryOperator shortening = length -> length;
  private LongFunction<StatusCode> writing = offset -> StatusCode.OK;
  private byte[] content;
  private long handles;

  OneFile(byte[] content) {
    this(content, content.length);
  }

  /**
   * @param toldSize what STAT answers
   */
  OneFile(byte[] content, long toldSize) {
    this.content = content;
    this.toldSize = toldSize;
  }

  /** How much a READ of so much yields. */
  OneFile shortened(IntUnaryOperator yields) {
    shortening = yields;
    return this;
  }

  /** How a WRITE at an offset ends. */
  OneFile writing(LongFunction<StatusCode> outcome) {
    writing = outcome;
    return this;
  }

  byte[] content() {
    return content;
  }

  int openHandles() {
    return open.size();
  }

  @Override
  public void on(SftpRequest request, ScriptedServer server) {
    int id = request.id();
    if (request instanceof PathRequest.Stat) {
      server.send(new SftpResponse.Attrs(id, SftpAttributes.NONE.withSize(toldSize)));
    } else if (request instanceof PathRequest.Lstat) {
      server.status(id, StatusCode.NO_SUCH_FILE);
    } else if (request instanceof PathRequest.Open) {
      SftpHandle handle = SftpHandle.of(++handles);
      open.add(handle);
      server.send(new SftpResponse.Handle(id, handle));
    } else if (request instanceof HandleRequest.Close close) {
      server.status(id, open.remove(close.handle()) ? StatusCode.OK : StatusCode.FAILURE);
    } else if (request instanceof HandleRequest.Read read) {
      read(read, server);
    } else if (request instanceof HandleRequest.Write write) {
      write(write, server);
    } else {
      server.status(id, StatusCode.OK);
    }
  }

  void read(HandleRequest.Read read, ScriptedServer server) {
    if (read.offset() >= content.length) {
      server.status(read.id(), StatusCode.EOF);
      return;
    }
    int there = (int) Math.min(read.length(), content.length - read.offset());
    int length = Math.min(there, shortening.applyAsInt(there));
    server.send(
        new SftpResponse.Data(
            read.id(), Unpooled.wrappedBuffer(content, (int) read.offset(), length), false));
  }

  private void write(HandleRequest.Write write, ScriptedServer server) {
    ByteBuf data = write.data();
    StatusCode outcome = writing.apply(write.offset());
    if (outcome == StatusCode.OK) {
      int end = (int) write.offset() + data.readableBytes();
      content = content.length < end ? Arrays.copyOf(content, end) : content;
      data.getBytes(data.readerIndex(), content, (int) write.offset(), data.readableBytes());
    }
    data.release();
    server.status(write.id(), outcome);
  }
}
