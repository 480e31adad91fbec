package dev.sluice.ftp.server;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.InflateLimit;
import dev.sluice.ftp.TransferFormat;
import dev.sluice.ftp.command.OnPath;
import dev.sluice.ftp.io.Transforms;
import dev.sluice.ftp.reply.Refusal;
import dev.sluice.ftp.transfer.Coding;
import io.netty.buffer.ByteBuf;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** STOR, APPE and STOU: a file from the client. */
final class StoreCommands {
  private StoreCommands() {}

  static Mono<FtpReply> store(OnPath command, Session session) {
    long start = session.takeRestart();
    WriteMode mode = start > 0 ? WriteMode.at(start) : WriteMode.replace();
    return receive(session.resolve(command.path()), mode, "Ready to receive", session);
  }

  /** REST before APPE makes it a STOR from there (RFC 3659 section 5.3). */
  static Mono<FtpReply> append(OnPath command, Session session) {
    long start = session.takeRestart();
    WriteMode mode = start > 0 ? WriteMode.at(start) : WriteMode.append();
    return receive(session.resolve(command.path()), mode, "Ready to receive", session);
  }

  /** The name goes into the 1yz reply (RFC 1123 section 4.1.2.9). */
  static Mono<FtpReply> storeUnique(OnPath command, Session session) {
    if (session.takeRestart() > 0) {
      throw new Refusal(503, "STOU does not go with REST");
    }
    String prefix = command.path().isEmpty() ? "file" : session.resolve(command.path()).name();
    String name = prefix + "." + UUID.randomUUID().toString().substring(0, 13);
    RemotePath path = session.chosen.directory.child(name);
    return receive(path, WriteMode.createNew(), "FILE: " + path, session);
  }

  private static Mono<FtpReply> receive(
      RemotePath path, WriteMode mode, String text, Session session) {
    if (path.isRoot()) {
      throw new FileFailure(FileError.IS_A_DIRECTORY, path, "is the root");
    }
    return Transfer.receive(
        session,
        text,
        path,
        octets -> session.files().write(path, mode, fileOctets(octets, session)));
  }

  /** Octets that arrive unchanged need no transform, which would hold one piece at a time. */
  private static Flux<ByteBuf> fileOctets(Flux<ByteBuf> arriving, Session session) {
    TransferFormat format = session.chosen.format;
    InflateLimit limit = session.options().data().inflate();
    return format.isPlain()
        ? arriving
        : Transforms.through(arriving, () -> Coding.decoder(format, limit));
  }
}
