package dev.sluice.ssh.io;

import dev.sluice.api.SessionClosed;
import dev.sluice.ssh.ExitStatus;
import dev.sluice.ssh.SshChannel;
import dev.sluice.ssh.channel.Channel;
import dev.sluice.ssh.message.RequestType;
import dev.sluice.transport.AnswerMemory;
import io.netty.buffer.ByteBuf;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** A channel as streams. Methods may be called from any thread; state lives on the event loop. */
public final class ChannelLink implements SshChannel {
  private final SshLink link;
  private final Channel channel;
  private final ChannelInput input;
  private final ChannelInput errors;
  private final Sinks.One<ExitStatus> exit = Sinks.one();
  private final Sinks.One<Void> closed = Sinks.one();
  private @Nullable ChannelOutput output;

  ChannelLink(SshLink link, Channel channel) {
    this.link = link;
    this.channel = channel;
    this.input =
        new ChannelInput(
            link::execute, channel::read, channel::hasInput, channel::inputEnded, channel::close);
    this.errors =
        new ChannelInput(
            link::execute,
            channel::readError,
            channel::hasErrorInput,
            channel::inputEnded,
            () -> {});
  }

  @Override
  public Flux<ByteBuf> input() {
    return input;
  }

  @Override
  public Flux<ByteBuf> errors() {
    return errors.doFirst(() -> link.execute(channel::wantErrors));
  }

  @Override
  public Mono<Void> send(Publisher<? extends ByteBuf> content) {
    return send(content, Channel::write);
  }

  /** As {@link #send}, to the peer's standard error. */
  public Mono<Void> sendErrors(Publisher<? extends ByteBuf> content) {
    return send(content, Channel::writeError);
  }

  /** Ends the connection that carries the channel; see {@link SshLink#disconnect}. */
  public Mono<Void> disconnect(String text) {
    return link.disconnect(text);
  }

  /** Accounts for what waits to be sent. */
  public AnswerMemory.Share memory() {
    return link.memory();
  }

  @Override
  public void expectBulk() {
    link.execute(channel::expectBulk);
  }

  @Override
  public Mono<Void> endOutput() {
    return command(channel::endOutput);
  }

  @Override
  public Mono<ExitStatus> exit() {
    return exit.asMono();
  }

  @Override
  public Mono<Void> close() {
    return command(channel::close).then(closed.asMono());
  }

  @Override
  public Mono<Void> onClosed() {
    return closed.asMono();
  }

  @Override
  public Scheduler scheduler() {
    return link.scheduler();
  }

  /** Reports how the command ended, and closes after what was sent. */
  public Mono<Void> finish(int status) {
    return command(() -> channel.finish(new RequestType.ExitStatus(status)));
  }

  /** Closes after what was sent; what arrives until then can be read. */
  Mono<Void> closeAfterOutput() {
    return command(channel::closeAfterOutput);
  }

  /** The requested start was refused: something else may be started. */
  public void refused() {
    channel.notStarted();
  }

  void readable() {
    input.readable();
    errors.readable();
  }

  void writable() {
    if (output != null) {
      output.writable();
    }
  }

  void exited(RequestType how) {
    if (how instanceof RequestType.ExitStatus status) {
      exit.tryEmitValue(new ExitStatus.Code(status.status()));
    } else if (how instanceof RequestType.ExitSignal signal) {
      exit.tryEmitValue(
          new ExitStatus.Signal(signal.signal(), signal.coreDumped(), signal.description()));
    }
  }

  /** The channel, or the connection under it, has ended. */
  void ended(@Nullable Throwable cause) {
    if (output != null) {
      output.closed(cause == null ? new SessionClosed("the channel was closed") : cause);
    }
    input.end(cause);
    errors.end(cause);
    if (cause != null && input.isUnwatched() && errors.isUnwatched()) {
      drop();
    }
    exit.tryEmitEmpty();
    closed.tryEmitEmpty();
  }

  /** Whether data has arrived that nobody has asked for. */
  boolean isUnread() {
    return input.isUnwatched() && channel.hasInput()
        || errors.isUnwatched() && channel.hasErrorInput();
  }

  /** Releases what has arrived. */
  void drop() {
    channel.close();
  }

  private Mono<Void> send(
      Publisher<? extends ByteBuf> content, BiConsumer<Channel, ByteBuf> write) {
    return Mono.create(
        sink ->
            link.execute(
                () -> {
                  if (channel.isClosed()) {
                    sink.error(link.whyClosed());
                    return;
                  }
                  if (output != null) {
                    sink.error(new IllegalStateException("another send is under way"));
                    return;
                  }
                  ChannelOutput stream =
                      new ChannelOutput(
                          channel, write, link::executeLater, sink, () -> output = null);
                  output = stream;
                  stream.start(Flux.from(content));
                }));
  }

  private Mono<Void> command(Runnable task) {
    return Mono.create(
        sink ->
            link.execute(
                () -> {
                  task.run();
                  sink.success();
                }));
  }
}
