package dev.sluice.server.audit;

import dev.sluice.api.Failures;
import dev.sluice.api.IoScheduler;
import dev.sluice.server.config.AuditConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Writes events to a file, and never makes an event loop wait. Lines that find the queue full, or
 * the disk, are counted, and a line says how many they were as soon as one can be written. A
 * failure to write stops nothing else.
 *
 * <p>The file is opened by the first event, and closed when nothing is left to write.
 */
public final class AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final int MOST_WAITING = 10_000;
  private static final int BATCH = 500;

  private final AuditConfig config;
  private final Clock clock;
  private final BlockingQueue<AuditEvent> waiting;
  private final AuditFile file;
  private final AtomicBoolean writing = new AtomicBoolean();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong unreported = new AtomicLong();
  private volatile Optional<String> failure = Optional.empty();

  AuditLog(AuditConfig config, Clock clock, int mostWaiting) {
    this.config = config;
    this.clock = clock;
    this.waiting = new ArrayBlockingQueue<>(mostWaiting);
    this.file = new AuditFile(config, clock);
  }

  /**
   * A log that has written nothing.
   *
   * @throws IllegalArgumentException if the directory of its file is not there
   */
  public static AuditLog of(AuditConfig config) {
    Path directory = config.file().toAbsolutePath().getParent();
    if (!config.toStandardOutput() && (directory == null || !Files.isWritable(directory))) {
      throw new IllegalArgumentException(
          "audit.file: "
              + directory
              + " is no directory in which files can be made; make it, or name another one");
    }
    return new AuditLog(config, Clock.systemUTC(), MOST_WAITING);
  }

  /** Takes an event, at once. Any thread. */
  public void add(AuditEvent event) {
    if (!waiting.offer(event)) {
      lose(1);
    }
    wake();
  }

  /** Lines that were not written, since the begin. */
  public long lost() {
    return lost.get();
  }

  /** What is wrong with it now, for an operator; empty = nothing. */
  public Optional<String> trouble() {
    return failure.map(
        why ->
            config.file() + " cannot be written: " + why + "; " + lost.get() + " lines are lost");
  }

  /** Completes when all that was added before has been written, or is lost. */
  public Mono<Void> flushed() {
    return Mono.<Void>fromRunnable(this::write).subscribeOn(IoScheduler.shared());
  }

  private void lose(long lines) {
    lost.addAndGet(lines);
    unreported.addAndGet(lines);
  }

  private void wake() {
    if (writing.compareAndSet(false, true)) {
      IoScheduler.shared()
          .schedule(
              () -> {
                write();
                writing.set(false);
                if (!waiting.isEmpty()) {
                  wake();
                }
              });
    }
  }

  private synchronized void write() {
    List<AuditEvent> batch = new ArrayList<>();
    while (waiting.drainTo(batch, BATCH) > 0) {
      write(batch);
      batch.clear();
    }
    if (unreported.get() > 0 && failure.isEmpty()) {
      write(batch);
    }
    try {
      file.close();
    } catch (IOException e) {
      failed(e);
    }
  }

  private void write(List<AuditEvent> batch) {
    long missing = unreported.get();
    StringBuilder lines = new StringBuilder();
    if (missing > 0) {
      lines.append(AuditLine.lost(clock.instant(), missing, config.format()));
    }
    batch.forEach(event -> lines.append(AuditLine.of(event, config.format())));
    try {
      file.write(lines.toString());
      unreported.addAndGet(-missing);
      if (failure.isPresent()) {
        LOG.warn("{} is written again; {} lines are lost", config.file(), lost.get());
        failure = Optional.empty();
      }
    } catch (IOException e) {
      lose(batch.size());
      failed(e);
    }
  }

  /** The log has it once, not for each line. */
  private void failed(IOException cause) {
    if (failure.isEmpty()) {
      LOG.error("{} cannot be written: {}", config.file(), Failures.line(cause));
    }
    failure = Optional.of(Failures.line(cause));
  }
}
