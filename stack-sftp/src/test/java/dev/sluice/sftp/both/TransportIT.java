package dev.sluice.sftp.both;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.transport.Transport;
import io.netty.channel.ChannelOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/** Sockets as their user wants them, at both ends. */
final class TransportIT {
  private final Set<String> threads = ConcurrentHashMap.newKeySet();
  private final Set<Boolean> keptAlive = ConcurrentHashMap.newKeySet();

  @Test
  void loopsAndSchedulerThatAreGivenAreUsedAndStayTheirOwners() {
    LoopResources loops = LoopResources.create("mine-loop", 1, true);
    Scheduler scheduler = Schedulers.newBoundedElastic(2, 100, "mine-work");
    try (BothEnds ends =
        BothEnds.serving(
            MemoryStorage.create(), it -> it.transport(t -> own(t, loops, scheduler)))) {
      FileSession session =
          ends.client().transport(t -> own(t, loops, scheduler)).connect().block(BothEnds.WAIT);
      session
          .stat(RemotePath.root())
          .doOnNext(entry -> threads.add(Thread.currentThread().getName()))
          .block(BothEnds.WAIT);
      session.close().block(BothEnds.WAIT);
    }

    assertThat(threads).isNotEmpty().allMatch(name -> name.startsWith("mine-loop"));
    assertThat(keptAlive).containsExactly(false);
    assertThat(loops.isDisposed()).isFalse();
    assertThat(scheduler.isDisposed()).isFalse();
    loops.disposeLater().block(BothEnds.WAIT);
    scheduler.dispose();
  }

  private Transport own(Transport before, LoopResources loops, Scheduler scheduler) {
    return before
        .runOn(loops)
        .withScheduler(scheduler)
        .option(ChannelOption.SO_KEEPALIVE, false)
        .doOnConnected(
            connection -> {
              threads.add(Thread.currentThread().getName());
              keptAlive.add(connection.channel().config().getOption(ChannelOption.SO_KEEPALIVE));
            });
  }
}
