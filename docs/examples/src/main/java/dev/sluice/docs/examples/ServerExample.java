package dev.sluice.docs.examples;

import dev.sluice.api.BoundServer;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.transport.door.StaticUsers;
import java.nio.file.Path;
import reactor.core.publisher.Mono;

/** A server for the files of a directory and one user. */
public final class ServerExample {
  private ServerExample() {}

  public static Mono<BoundServer> serve(Path files, int port) {
    return FtpServer.create()
        .host("127.0.0.1")
        .port(port)
        .storage(LocalStorage.at(files))
        .users(StaticUsers.of("ann", "secret"))
        .bind();
  }
}
