package dev.sluice.ftp.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DataLoopsTest {
  private static final int LOOPS = 4;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());
  private final EventLoopGroup choosing = new LeastBusyLoop(group);

  @AfterEach
  void end() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @Test
  void anIdleLoopIsPreferredToBusyOnes() {
    EventLoop idle = group.next();
    Set<EventExecutor> busy = loops();
    busy.remove(idle);
    busy.forEach(loop -> DataLoops.occupy(loop, promise()));

    assertThat(nextOnes(LOOPS)).containsOnly(idle);
  }

  @Test
  void aLoopWhoseConnectionsHaveClosedIsIdleAgain() {
    Map<EventExecutor, Promise<Void>> closed = new LinkedHashMap<>();
    loops().forEach(loop -> closed.put(loop, promise()));
    closed.forEach(DataLoops::occupy);

    EventExecutor freed = closed.keySet().iterator().next();
    closed.get(freed).setSuccess(null);

    assertThat(DataLoops.count(freed)).isZero();
    assertThat(nextOnes(LOOPS)).containsOnly(freed);
  }

  @Test
  void loopsThatAreEquallyBusyTakeTurns() {
    assertThat(nextOnes(LOOPS)).isEqualTo(loops());
  }

  private Set<EventExecutor> nextOnes(int times) {
    Set<EventExecutor> chosen = new HashSet<>();
    for (int i = 0; i < times; i++) {
      chosen.add(choosing.next());
    }
    return chosen;
  }

  private Set<EventExecutor> loops() {
    Set<EventExecutor> all = new HashSet<>();
    group.forEach(all::add);
    return all;
  }

  private static Promise<Void> promise() {
    return ImmediateEventExecutor.INSTANCE.newPromise();
  }
}
