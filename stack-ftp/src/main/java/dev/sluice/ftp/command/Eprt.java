package dev.sluice.ftp.command;

import dev.sluice.ftp.reply.Refusal;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the client listens, any family: {@code EPRT |af|address|port|} (RFC 2428 section 2).
 *
 * @param target address and port from 1
 */
public record Eprt(InetSocketAddress target) implements FtpCommand {
  private static final String USAGE = "|1|address|port| or |2|address|port|";

  static Eprt decode(Verb verb, String argument) {
    if (argument.length() < 2 || argument.charAt(0) < 33 || argument.charAt(0) > 126) {
      throw Refusal.syntax(verb, USAGE);
    }
    String[] fields = argument.split(Pattern.quote(argument.substring(0, 1)), -1);
    if (fields.length != 5 || !fields[0].isEmpty() || !fields[4].isEmpty()) {
      throw Refusal.syntax(verb, USAGE);
    }
    boolean ipv4 = fields[1].equals("1");
    if (!ipv4 && !fields[1].equals("2")) {
      if (!fields[1].matches("[0-9]{1,5}")) {
        throw Refusal.syntax(verb, USAGE);
      }
      throw new Refusal(522, "Network protocol not supported, use (1,2)");
    }
    byte[] address = addressOf(fields[2], ipv4);
    int port = fields[3].matches("[0-9]{1,5}") ? Integer.parseInt(fields[3]) : 0;
    if (address == null || port < 1 || port > 65535) {
      throw Refusal.syntax(verb, USAGE);
    }
    try {
      return new Eprt(new InetSocketAddress(InetAddress.getByAddress(address), port));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("the length was checked", e);
    }
  }

  @Override
  public Verb verb() {
    return Verb.EPRT;
  }

  @Override
  public String argument() {
    InetAddress address = target.getAddress();
    String text =
        address instanceof Inet6Address six
            ? NetUtil.toAddressString(withoutZone(six))
            : address.getHostAddress();
    return "|"
        + (address instanceof Inet4Address ? 1 : 2)
        + "|"
        + text
        + "|"
        + target.getPort()
        + "|";
  }

  private static InetAddress withoutZone(Inet6Address address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("sixteen octets are always an address", e);
    }
  }

  private static byte @Nullable [] addressOf(String text, boolean ipv4) {
    if (text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
      return null;
    }
    boolean valid = ipv4 ? NetUtil.isValidIpV4Address(text) : NetUtil.isValidIpV6Address(text);
    return valid ? NetUtil.createByteArrayFromIpAddressString(text) : null;
  }
}
