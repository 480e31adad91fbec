package dev.sluice.cli;

import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.FileHandle;
import dev.sluice.api.storage.Storage;
import dev.sluice.api.storage.StorageSession;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A storage whose files come one block after the other, slowly enough to cut a transfer. */
record SlowStorage(Storage files, Duration perBlock) implements Storage {

  @Override
  public Mono<StorageSession> open(Identity user) {
    return files.open(user).map(session -> slow(StorageSession.class, session));
  }

  private <T> T slow(Class<T> type, T original) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(original, method, arguments)));
  }

  private Object call(Object original, Method method, Object[] arguments) throws Throwable {
    try {
      if (method.getName().equals("channel")) {
        return Optional.empty();
      }
      Object answer = method.invoke(original, arguments);
      return switch (method.getName()) {
        case "open" ->
            ((Mono<?>) answer).cast(FileHandle.class).map(h -> slow(FileHandle.class, h));
        case "read" -> answer instanceof Flux<?> blocks ? slowly(blocks) : slowly((Mono<?>) answer);
        default -> answer;
      };
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Flux<?> slowly(Flux<?> blocks) {
    return blocks
        .concatMap(block -> Mono.just(block).delayElement(perBlock), 1)
        .doOnDiscard(ByteBuf.class, ReferenceCountUtil::safeRelease);
  }

  private Mono<?> slowly(Mono<?> block) {
    return Mono.delay(perBlock).then(block);
  }
}
