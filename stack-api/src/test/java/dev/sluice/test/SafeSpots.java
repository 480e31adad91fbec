package dev.sluice.test;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * The few blocking calls that tests allow on an event loop, each with its reason.
 *
 * <p>Found by BlockHound through its service file.
 */
public final class SafeSpots implements BlockHoundIntegration {
  @Override
  public void applyTo(BlockHound.Builder builder) {
    // The tests' logger writes to standard error; an application brings its own.
    builder.allowBlockingCallsInside("org.slf4j.simple.SimpleLogger", "write");
    // Reads /dev/urandom, which never waits once the machine has started.
    builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
    builder.allowBlockingCallsInside("java.security.SecureRandom", "generateSeed");
    // Handing work to the I/O scheduler takes the lock of its queue, held for a few instructions.
    builder.allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "execute");
    // The allocator takes its lock when it adds a share for more threads, a few times in its life.
    builder.allowBlockingCallsInside(
        "io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup", "tryExpandMagazines");
    // A jar or a module is opened when a class is first used.
    builder.allowBlockingCallsInside("java.util.ServiceLoader", "loadProvider");
  }
}
