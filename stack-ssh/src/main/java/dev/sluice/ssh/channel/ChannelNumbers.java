package dev.sluice.ssh.channel;

import dev.sluice.ssh.wire.SshViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The channels of a connection by our numbers for them; a number that is free again is reused. */
final class ChannelNumbers {
  private final List<@Nullable Channel> channels = new ArrayList<>();
  private int size;

  int size() {
    return size;
  }

  /** Makes a channel with the lowest number that is free. */
  Channel add(IntFunction<Channel> make) {
    int id = channels.indexOf(null);
    if (id < 0) {
      id = channels.size();
      channels.add(null);
    }
    Channel channel = make.apply(id);
    channels.set(id, channel);
    size++;
    return channel;
  }

  void free(Channel channel) {
    channels.set(channel.id(), null);
    size--;
  }

  void clear() {
    channels.clear();
  }

  void forEach(Consumer<Channel> action) {
    for (Channel channel : channels) {
      if (channel != null) {
        action.accept(channel);
      }
    }
  }

  /** The peer may have answered, or widened the window of, a channel that has just been closed. */
  @Nullable Channel openOrClosed(int id) {
    if (id < 0 || id >= channels.size()) {
      throw SshViolation.protocol("channel: there is no channel " + Integer.toUnsignedString(id));
    }
    Channel channel = channels.get(id);
    if (channel != null && !channel.isConfirmed()) {
      throw SshViolation.protocol("channel: channel " + id + " is not open yet");
    }
    return channel;
  }

  Channel existing(int id) {
    Channel channel = openOrClosed(id);
    if (channel == null) {
      throw SshViolation.protocol("channel: there is no channel " + id);
    }
    return channel;
  }

  /** A channel that we have requested and the peer has not answered yet. */
  Channel opening(int id) {
    Channel channel = id < 0 || id >= channels.size() ? null : channels.get(id);
    if (channel == null || channel.isConfirmed()) {
      throw SshViolation.protocol(
          "channel: channel " + Integer.toUnsignedString(id) + " was not asked for");
    }
    return channel;
  }
}
