package dev.sluice.ssh.channel;

import dev.sluice.ssh.message.RequestType;

/** What happened on a channel. */
public sealed interface ChannelEvent {

  Channel channel();

  /** The peer granted the channel that we asked for. */
  record Opened(Channel channel) implements ChannelEvent {}

  /**
   * The peer refused the channel that we asked for.
   *
   * @param why the reason, escaped
   */
  record Refused(Channel channel, String why) implements ChannelEvent {}

  /** The peer opened a channel. */
  record Accepted(Channel channel) implements ChannelEvent {}

  /**
   * There is something to {@link Channel#read()}, or the input has ended. Reported once until all
   * has been read.
   */
  record InputReady(Channel channel) implements ChannelEvent {}

  /** All queued data has been sent, or nearly all: there is room for more. */
  record OutputReady(Channel channel) implements ChannelEvent {}

  /** The peer wants something started; {@code answer} says whether it was. */
  record Requested(Channel channel, RequestType what, Replies.Slot answer)
      implements ChannelEvent {}

  /** The peer answered our oldest request. */
  record Answered(Channel channel, boolean granted) implements ChannelEvent {}

  /** The peer's command has ended: {@link RequestType.ExitStatus} or ExitSignal. */
  record Exited(Channel channel, RequestType how) implements ChannelEvent {}

  /** Both sides are done with the channel. What was received can still be read. */
  record Closed(Channel channel) implements ChannelEvent {}
}
