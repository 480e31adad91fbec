package dev.sluice.docs.examples;

import dev.sluice.api.FileClient;
import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.StorageSession;
import dev.sluice.client.Contents;
import dev.sluice.client.inbox.Claims;
import dev.sluice.client.inbox.Done;
import dev.sluice.client.inbox.FileClaimStore;
import dev.sluice.client.inbox.Inbox;
import dev.sluice.client.inbox.InboxEvent;
import dev.sluice.client.inbox.Outbox;
import dev.sluice.client.pool.PoolOptions;
import dev.sluice.client.pool.PooledFiles;
import dev.sluice.storage.local.LocalStorage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Directories whose files are handled as they arrive, and directories that empty themselves. */
public final class InboxExample {
  private static final RemotePath IN = RemotePath.of("/in");

  private InboxExample() {}

  /** Orders that arrive on a server are handled, four at a time, and moved. */
  public static Flux<InboxEvent> orders(FileClient client, Function<String, Mono<Void>> handler) {
    return Flux.usingWhen(
        Mono.fromSupplier(() -> PooledFiles.of(client, PoolOptions.most(6))),
        files ->
            Inbox.of(files, IN, "orders-1")
                .only("*.csv")
                .every(Duration.ofSeconds(1))
                .stableFor(2)
                .done(Done.moveTo(RemotePath.of("/done")))
                .failed(3, RemotePath.of("/failed"))
                .run(
                    file ->
                        Contents.text(file.contents(), StandardCharsets.UTF_8, 1 << 20)
                            .flatMap(handler)),
        FileOperations::close);
  }

  /** Files stay on the server, which may not be changed; a local file remembers them. */
  public static Flux<InboxEvent> readings(FileOperations files, Path store, Path target) {
    return Flux.usingWhen(
        FileClaimStore.open(store),
        claims ->
            Inbox.of(files, IN, Claims.stored(claims, "reader-1"))
                .marker(".done")
                .done(Done.leave())
                .run(file -> file.download(target.resolve(file.name())).then()),
        FileClaimStore::close);
  }

  /** What is put into a local directory goes to a server, and then to another local directory. */
  public static Flux<InboxEvent> send(Path directory, FileClient client) {
    return Flux.usingWhen(
        LocalStorage.at(directory).open(Identity.of("local")),
        local ->
            Flux.usingWhen(
                Mono.fromSupplier(() -> PooledFiles.of(client, PoolOptions.most(6))),
                files ->
                    Outbox.of(local, RemotePath.of("/out"), files, IN, "sender-1")
                        .from(out -> out.every(Duration.ofSeconds(1)).stableFor(2))
                        .verified()
                        .done(Done.moveTo(RemotePath.of("/sent")))
                        .run(),
                FileOperations::close),
        StorageSession::close);
  }
}
