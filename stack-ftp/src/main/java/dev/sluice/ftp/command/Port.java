package dev.sluice.ftp.command;

import dev.sluice.ftp.reply.Refusal;
import java.net.Inet4Address;
import java.net.InetSocketAddress;

/**
 * Where the client listens, IPv4: {@code PORT h1,h2,h3,h4,p1,p2} (RFC 959 section 5.3.2).
 *
 * @param target address and port from 1
 */
public record Port(InetSocketAddress target) implements FtpCommand {

  static Port decode(Verb verb, String argument) {
    return new Port(
        HostPort.parse(argument).orElseThrow(() -> Refusal.syntax(verb, "h1,h2,h3,h4,p1,p2")));
  }

  @Override
  public Verb verb() {
    return Verb.PORT;
  }

  @Override
  public String argument() {
    return HostPort.format((Inet4Address) target.getAddress(), target.getPort());
  }
}
