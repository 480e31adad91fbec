package dev.sluice.ssh.wire;

import static java.util.Map.entry;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Names the messages of a connection for a person who is looking for a fault: {@code >} sent,
 * {@code <} received, after decryption. Says what kind a message is and never what is in it, so
 * that no secret gets into a log.
 */
public final class WireLog {
  /** Nobody reads. */
  public static final Consumer<String> NOBODY = line -> {};

  /** RFC 4250 section 4.1.2, RFC 5656, RFC 8308, and OpenSSH's PROTOCOL. */
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          entry(1, "DISCONNECT"),
          entry(2, "IGNORE"),
          entry(3, "UNIMPLEMENTED"),
          entry(4, "DEBUG"),
          entry(5, "SERVICE_REQUEST"),
          entry(6, "SERVICE_ACCEPT"),
          entry(7, "EXT_INFO"),
          entry(20, "KEXINIT"),
          entry(21, "NEWKEYS"),
          entry(50, "USERAUTH_REQUEST"),
          entry(51, "USERAUTH_FAILURE"),
          entry(52, "USERAUTH_SUCCESS"),
          entry(53, "USERAUTH_BANNER"),
          entry(80, "GLOBAL_REQUEST"),
          entry(81, "REQUEST_SUCCESS"),
          entry(82, "REQUEST_FAILURE"),
          entry(90, "CHANNEL_OPEN"),
          entry(91, "CHANNEL_OPEN_CONFIRMATION"),
          entry(92, "CHANNEL_OPEN_FAILURE"),
          entry(93, "CHANNEL_WINDOW_ADJUST"),
          entry(94, "CHANNEL_DATA"),
          entry(95, "CHANNEL_EXTENDED_DATA"),
          entry(96, "CHANNEL_EOF"),
          entry(97, "CHANNEL_CLOSE"),
          entry(98, "CHANNEL_REQUEST"),
          entry(99, "CHANNEL_SUCCESS"),
          entry(100, "CHANNEL_FAILURE"),
          entry(192, "PING"),
          entry(193, "PONG"));

  private final Consumer<String> reader;
  private final boolean read;

  /** A log for this reader, who is called on the event loop. */
  public WireLog(Consumer<String> reader) {
    this.reader = reader;
    this.read = reader != NOBODY;
  }

  /** A message without data is on its way out. */
  public void sent(int number) {
    if (read) {
      reader.accept("> " + name(number));
    }
  }

  /** Data of a channel is on its way out. */
  public void sentData(int number, int octets) {
    if (read) {
      reader.accept("> " + name(number) + " " + octets);
    }
  }

  /**
   * A message has come.
   *
   * @param octets of the payload after the number
   */
  public void received(int number, int octets) {
    if (read) {
      reader.accept("< " + name(number) + " " + octets);
    }
  }

  /** Numbers between 30 and 49, and 60 to 79, mean what the method in use says. */
  private static String name(int number) {
    String known = NAMES.get(number);
    if (known != null) {
      return "SSH_MSG_" + known;
    }
    String of =
        number >= 30 && number <= 49 ? "KEX_" : number >= 60 && number <= 79 ? "USERAUTH_" : "";
    return "SSH_MSG_" + of + number;
  }
}
