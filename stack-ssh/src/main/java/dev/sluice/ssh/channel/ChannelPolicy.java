package dev.sluice.ssh.channel;

import dev.sluice.ssh.message.ChannelMessage;
import dev.sluice.ssh.message.OpenFailureReason;
import dev.sluice.transport.AnswerMemory;
import io.netty.buffer.ByteBufAllocator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which channels are allowed.
 *
 * @param accepted types that the peer may open
 * @param most channels at one time
 * @param budget what receive windows are taken from
 * @param memory accounts for the data that waits to be sent
 * @param allocator for small data that waits
 */
public record ChannelPolicy(
    Set<String> accepted,
    int most,
    WindowBudget budget,
    AnswerMemory memory,
    ByteBufAllocator allocator) {
  private static final Set<String> KNOWN =
      Set.of(
          ChannelMessage.Open.SESSION,
          "x11",
          "forwarded-tcpip",
          "direct-tcpip",
          "auth-agent@openssh.com",
          "forwarded-streamlocal@openssh.com",
          "direct-streamlocal@openssh.com");

  public ChannelPolicy {
    accepted = Set.copyOf(accepted);
  }

  /** Opens channels and lets the server open none. */
  public static ChannelPolicy client(int most, WindowBudget budget, ByteBufAllocator allocator) {
    return new ChannelPolicy(Set.of(), most, budget, new AnswerMemory(Long.MAX_VALUE), allocator);
  }

  /** Lets the client open sessions. */
  public static ChannelPolicy server(int most, WindowBudget budget, ByteBufAllocator allocator) {
    return new ChannelPolicy(
        Set.of(ChannelMessage.Open.SESSION), most, budget, AnswerMemory.process(), allocator);
  }

  /** Why a channel of this type is refused; null = it is not. */
  @Nullable OpenFailureReason refusal(String type) {
    if (accepted.contains(type)) {
      return null;
    }
    return KNOWN.contains(type)
        ? OpenFailureReason.ADMINISTRATIVELY_PROHIBITED
        : OpenFailureReason.UNKNOWN_CHANNEL_TYPE;
  }
}
