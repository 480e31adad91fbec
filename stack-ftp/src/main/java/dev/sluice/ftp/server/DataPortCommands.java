package dev.sluice.ftp.server;

import dev.sluice.api.LimitExceeded;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.Bare;
import dev.sluice.ftp.command.Eprt;
import dev.sluice.ftp.command.Epsv;
import dev.sluice.ftp.command.HostPort;
import dev.sluice.ftp.command.Port;
import dev.sluice.ftp.io.Addresses;
import dev.sluice.ftp.reply.Refusal;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import reactor.core.publisher.Mono;

/** PORT, PASV, EPRT, EPSV and ABOR (RFC 959 section 4.1.2, RFC 2428). */
final class DataPortCommands {
  private static final int FIRST_UNPRIVILEGED_PORT = 1024;

  private DataPortCommands() {}

  static Mono<FtpReply> port(Port command, Session session) {
    return target(command.target(), session);
  }

  static Mono<FtpReply> extendedPort(Eprt command, Session session) {
    return target(command.target(), session);
  }

  static Mono<FtpReply> passive(Bare command, Session session) {
    refuseAfterEpsvAll(session);
    if (!Addresses.isIpv4(session.peer.localAddress())) {
      return Mono.just(FtpReply.of(425, "PASV is for IPv4; use EPSV"));
    }
    InetAddress local = Addresses.plain(session.peer.localAddress());
    return listen(session)
        .zipWith(
            session
                .options()
                .data()
                .externalAddress()
                .announcedTo(session.peer.remoteAddress(), local))
        .map(
            bound -> {
              InetAddress announced = Addresses.plain(bound.getT2());
              Inet4Address host = (Inet4Address) (Addresses.isIpv4(announced) ? announced : local);
              String address = HostPort.format(host, bound.getT1());
              return FtpReply.of(227, "Entering Passive Mode (" + address + ")");
            });
  }

  static Mono<FtpReply> extendedPassive(Epsv command, Session session) {
    boolean ipv4 = Addresses.isIpv4(session.peer.localAddress());
    switch (command.family()) {
      case ALL -> {
        session.chosen.onlyEpsv = true;
        return Mono.just(FtpReply.of(200, "Only EPSV from here on"));
      }
      case IPV4 -> {
        if (!ipv4) {
          throw new Refusal(522, "Network protocol not supported, use (2)");
        }
      }
      case IPV6 -> {
        if (ipv4) {
          throw new Refusal(522, "Network protocol not supported, use (1)");
        }
      }
      case SAME -> {}
    }
    return listen(session)
        .map(port -> FtpReply.of(229, "Entering Extended Passive Mode (|||" + port + "|)"));
  }

  /** No other command runs at this point: the core makes sure of that (RFC 959 section 4.1.3). */
  static Mono<FtpReply> abort(Bare command, Session session) {
    session.data.reset();
    return Mono.just(FtpReply.of(226, "Nothing to abort"));
  }

  private static Mono<Integer> listen(Session session) {
    return session
        .data
        .listen()
        .onErrorMap(LimitExceeded.class, full -> new Refusal(425, "No passive port is free"));
  }

  /** The checks of RFC 2577 section 3 against bounce attacks. */
  private static Mono<FtpReply> target(InetSocketAddress target, Session session) {
    refuseAfterEpsvAll(session);
    session.data.reset();
    if (!session.options().data().active().allowed()) {
      throw new Refusal(502, "Active mode is not offered; use EPSV or PASV");
    }
    // lftp announces :: when it does not know its own address: the client itself is meant.
    InetAddress host =
        target.getAddress().isAnyLocalAddress()
            ? Addresses.plain(session.peer.remoteAddress())
            : target.getAddress();
    boolean foreign = !Addresses.same(host, session.peer.remoteAddress());
    if (foreign && !session.options().data().foreignAddresses()) {
      throw new Refusal(504, "Data connections go to your own address only");
    }
    if (target.getPort() < FIRST_UNPRIVILEGED_PORT) {
      throw new Refusal(504, "Data connections go to ports from 1024 only");
    }
    session.data.target(new InetSocketAddress(host, target.getPort()));
    return Mono.just(FtpReply.of(200, "Port set"));
  }

  private static void refuseAfterEpsvAll(Session session) {
    if (session.chosen.onlyEpsv) {
      throw new Refusal(501, "Only EPSV after EPSV ALL");
    }
  }
}
