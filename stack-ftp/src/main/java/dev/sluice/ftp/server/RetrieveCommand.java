package dev.sluice.ftp.server;

import dev.sluice.api.ByteRange;
import dev.sluice.api.FileAttributes;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.OpenMode;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.io.DataLink;
import dev.sluice.ftp.io.Transforms;
import dev.sluice.ftp.transfer.Coding;
import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** RETR: a file to the client, by {@code sendfile} where the octets travel unchanged. */
final class RetrieveCommand {
  private RetrieveCommand() {}

  static Mono<FtpReply> retrieve(OnPath command, Session session) {
    RemotePath path = session.resolve(command.path());
    long start = session.takeRestart();
    return Mono.usingWhen(
        session.files().open(path, OpenMode.READ),
        handle ->
            handle.stat().flatMap(attributes -> send(handle, path, attributes, start, session)),
        FileHandle::close);
  }

  private static Mono<FtpReply> send(
      FileHandle handle, RemotePath path, FileAttributes attributes, long start, Session session) {
    if (attributes.hasSize() && start > attributes.size()) {
      throw new FileFailure(FileError.OUT_OF_RANGE, "offset " + start + " of " + attributes.size());
    }
    long length = attributes.hasSize() ? attributes.size() - start : ByteRange.TO_END;
    String text = attributes.hasSize() ? "Sending " + length + " octets" : "Sending";
    return Transfer.send(
        session, text, path, stream -> octets(handle, start, length, session, stream));
  }

  private static Mono<Void> octets(
      FileHandle handle, long start, long length, Session session, DataLink stream) {
    if (session.chosen.format.isPlain()
        && !stream.isSecured()
        && handle.lends()
        && length != ByteRange.TO_END) {
      return stream.sendFile(handle, start, length);
    }
    Flux<ByteBuf> octets = handle.read(ByteRange.of(start, length));
    return Transfer.counted(
        session,
        stream,
        session.chosen.format.isPlain()
            ? octets
            : Transforms.through(octets, () -> Coding.encoder(session.chosen.format)));
  }
}
