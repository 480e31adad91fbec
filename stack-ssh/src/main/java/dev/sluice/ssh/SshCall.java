package dev.sluice.ssh;

import dev.sluice.api.login.Identity;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.transport.AnswerMemory;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A command or a subsystem that a client has started, as its {@link SshService} sees it. */
public interface SshCall {

  /** The connection, as its {@link dev.sluice.api.observe.SessionEvent}s name it. */
  SessionRef session();

  /** The user who has logged in. */
  Identity user();

  InetSocketAddress from();

  /** How the client's program identified itself, safe to show; unverified. */
  String client();

  /** The command, or the subsystem's name; unverified. */
  String command();

  /** The environment variables that the client has set, as far as the server lets it. */
  Map<String, String> environment();

  /** What the client sends. One subscriber, to which each buffer belongs. */
  Flux<ByteBuf> input();

  /**
   * Accounts for the answers that wait for this client. A service that holds answers back counts
   * them here, and makes no more while there is no room.
   */
  AnswerMemory.Share memory();

  /** Much data is about to arrive; see {@link SshChannel#expectBulk}. */
  void expectBulk();

  /** Sends to the client; see {@link SshChannel#send}. */
  Mono<Void> send(Publisher<? extends ByteBuf> content);

  /** Sends to the client's standard error. */
  Mono<Void> sendErrors(Publisher<? extends ByteBuf> content);

  /** Ends the whole connection with these words for the client. Never fails. */
  Mono<Void> disconnect(String text);

  /** Where the publishers of this call emit: on one thread, which must not be blocked. */
  Scheduler scheduler();
}
