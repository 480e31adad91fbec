package dev.sluice.transport.io;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.RawName;
import dev.sluice.api.TimedOut;
import dev.sluice.api.TransferException;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Why no connection was made, in words for the person who has to fix it. */
public final class ConnectFailures {
  /** What the native transport adds around the system's message. */
  private static final Pattern CALL =
      Pattern.compile("^(\\S*\\(\\.\\.\\) failed( with error\\(-?\\d+\\))?: )+");

  private ConnectFailures() {}

  /**
   * The error for a connection that failed.
   *
   * @param place host and port, as the caller named them
   * @param step what was waited for, if time ran out
   * @param wait how long the wait was
   */
  public static TransferException of(Throwable cause, String place, String step, Duration wait) {
    if (cause instanceof TransferException ours) {
      return ours;
    }
    if (cause instanceof ConnectTimeoutException) {
      return new TimedOut(step, wait);
    }
    return new ConnectFailed(
        "cannot connect to " + RawName.escape(place) + ": " + reason(cause), cause);
  }

  private static String reason(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "no address is known for this name";
    }
    String words = String.valueOf(cause.getMessage());
    String lower = words.toLowerCase(Locale.ROOT);
    if (lower.contains("connection refused")) {
      return "connection refused; nothing listens there, or a firewall rejects it";
    }
    if (cause instanceof NoRouteToHostException || lower.contains("no route to host")) {
      return "no route to the host";
    }
    if (lower.contains("network is unreachable")) {
      return "the network is unreachable";
    }
    String system = CALL.matcher(words).replaceFirst("");
    int at = system.lastIndexOf(": ");
    return cause instanceof ConnectException && at > 0 && system.indexOf('/') >= 0
        ? system.substring(0, at)
        : system;
  }
}
