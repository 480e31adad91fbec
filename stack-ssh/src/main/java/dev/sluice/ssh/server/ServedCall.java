package dev.sluice.ssh.server;

import dev.sluice.api.Failures;
import dev.sluice.api.SessionClosed;
import dev.sluice.api.login.Identity;
import dev.sluice.api.observe.SessionRef;
import dev.sluice.ssh.SshCall;
import dev.sluice.ssh.SshService;
import dev.sluice.ssh.io.ChannelLink;
import dev.sluice.transport.AnswerMemory;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.Map;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A call on a channel, and what happens to the channel when it ends. */
record ServedCall(
    Caller caller, ChannelLink channel, String command, Map<String, String> environment)
    implements SshCall {
  private static final Logger LOG = LoggerFactory.getLogger(ServedCall.class);
  private static final int FAILED = 1;

  /**
   * The client that makes a call.
   *
   * @param session of the connection
   * @param client as it has identified itself
   */
  record Caller(SessionRef session, Identity user, InetSocketAddress from, String client) {}

  @Override
  public SessionRef session() {
    return caller.session();
  }

  @Override
  public Identity user() {
    return caller.user();
  }

  @Override
  public InetSocketAddress from() {
    return caller.from();
  }

  @Override
  public String client() {
    return caller.client();
  }

  @Override
  public Flux<ByteBuf> input() {
    return channel.input();
  }

  @Override
  public AnswerMemory.Share memory() {
    return channel.memory();
  }

  @Override
  public void expectBulk() {
    channel.expectBulk();
  }

  @Override
  public Mono<Void> send(Publisher<? extends ByteBuf> content) {
    return channel.send(content);
  }

  @Override
  public Mono<Void> sendErrors(Publisher<? extends ByteBuf> content) {
    return channel.sendErrors(content);
  }

  @Override
  public Mono<Void> disconnect(String text) {
    return channel.disconnect(text);
  }

  @Override
  public Scheduler scheduler() {
    return channel.scheduler();
  }

  /** Runs until the service or the client ends it. */
  void serve(SshService service) {
    memory().of(caller.user().name());
    Mono.defer(() -> service.serve(this))
        .onErrorReturn(
            SessionClosed.class, FAILED) // the client has left; nothing has failed on this side
        .onErrorResume(
            failure -> {
              LOG.error("session {}: a service failed: {}", session().id(), Failures.line(failure));
              LOG.debug("session {}", session().id(), failure);
              return Mono.just(FAILED);
            })
        .defaultIfEmpty(FAILED)
        .takeUntilOther(channel.onClosed())
        .flatMap(channel::finish)
        .subscribe(); // cannot fail: what a service signals is a status by now
  }
}
