package dev.sluice.ftp.server;

import dev.sluice.ftp.core.FtpServerCore;
import java.util.function.Consumer;
import reactor.core.scheduler.Scheduler;

/** A session's way to its core: the only door to the control connection. */
interface ControlLink {
  /** Hands the core a command, from any thread. */
  void submit(Consumer<? super FtpServerCore> command);

  /** The event loop of the control connection. */
  Scheduler scheduler();
}
