package dev.sluice.storage.gateway;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.SessionInfo;
import dev.sluice.api.WriteMode;
import dev.sluice.api.storage.ForwardingSession;
import dev.sluice.api.storage.StorageSession;
import io.netty.buffer.ByteBuf;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** A client's session without a network: a storage session under another name. */
record LoopbackSession(StorageSession inner) implements FileSession, ForwardingSession {

  @Override
  public Mono<RemotePath> home() {
    return Mono.just(RemotePath.root());
  }

  @Override
  public Mono<Void> write(
      RemotePath file,
      WriteMode mode,
      Publisher<? extends ByteBuf> content,
      AttributeChange attributes) {
    return inner.write(file, mode, content, attributes);
  }

  @Override
  public SessionInfo info() {
    return new SessionInfo("loopback", "memory", "none", "");
  }

  @Override
  public Mono<Void> onClosed() {
    return Mono.never();
  }
}
