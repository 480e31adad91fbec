package dev.sluice.docs.examples;

import dev.sluice.api.BoundServer;
import dev.sluice.api.FileEntry;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.sftp.server.SftpServer;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.transport.door.StaticUsers;
import io.netty.buffer.ByteBuf;
import java.nio.file.Path;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A server of SFTP, and a client that knows its key. */
public final class SftpExample {
  private SftpExample() {}

  /** Host keys are read from a directory, and made there the first time. */
  public static Mono<BoundServer> serve(Path files, Path keys, int port) {
    return SftpServer.create()
        .host("127.0.0.1")
        .port(port)
        .storage(LocalStorage.at(files))
        .users(StaticUsers.of("ann", "secret"))
        .hostKeys(keys)
        .bind();
  }

  /** The file appears under its name when all of it has been written. */
  public static Flux<String> upload(int port, String fingerprint, Publisher<ByteBuf> content) {
    SftpClient client =
        SftpClient.create("127.0.0.1")
            .port(port)
            .user("ann")
            .credential(Credential.password("secret"))
            .hostKeys(HostKeyPolicy.pinned(fingerprint));
    return Flux.usingWhen(
        client.connect(),
        session ->
            session
                .write(RemotePath.of("/hello.txt"), WriteMode.replace(), content)
                .thenMany(session.list(RemotePath.root()).map(FileEntry::name)),
        FileSession::close);
  }
}
