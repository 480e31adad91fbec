package dev.sluice.ftp.client;

import dev.sluice.api.PeerMisbehaved;
import dev.sluice.ftp.DataMode;
import dev.sluice.ftp.FtpReply;
import dev.sluice.ftp.command.Bare;
import dev.sluice.ftp.command.Eprt;
import dev.sluice.ftp.command.Epsv;
import dev.sluice.ftp.command.FtpCommand;
import dev.sluice.ftp.command.HostPort;
import dev.sluice.ftp.command.Port;
import dev.sluice.ftp.command.Verb;
import dev.sluice.ftp.io.ControlLink;
import dev.sluice.ftp.io.DataListener;
import dev.sluice.ftp.io.DataOffer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/**
 * Agrees with the server on a data connection (RFC 959 section 3.2, RFC 2428): a new one for every
 * transfer.
 */
final class DataAgreement {
  /** Six decimals, wherever they stand (RFC 1123 section 4.1.2.6). */
  private static final Pattern SIX_NUMBERS =
      Pattern.compile("(?<![0-9,])[0-9]{1,10}(?:\\s?,\\s?[0-9]{1,10}){5}(?![0-9,])");

  private static final Pattern EXTENDED =
      Pattern.compile("\\(([!-~])[^()]{0,64}?\\1[^()]{0,64}?\\1([0-9]{1,5})\\1\\)");

  private DataAgreement() {}

  /** The job owns what is emitted. */
  static Mono<DataOffer> reach(Job job) {
    Conversation conversation = job.conversation();
    DataMode mode = conversation.options.data().mode();
    if (mode instanceof DataMode.Active active) {
      return listen(job, active);
    }
    boolean trust = ((DataMode.Passive) mode).trustAnnouncedHost();
    return conversation.choices.data.one(
        way ->
            switch (way) {
              case EPSV -> epsv(job);
              case PASV -> pasv(job, trust);
            });
  }

  /** The port in a 229 reply; an address or family in it is ignored. */
  static int extendedPort(FtpReply reply) {
    return reply
        .find(DataAgreement::port)
        .orElseThrow(() -> new PeerMisbehaved("no port in the reply to EPSV: " + reply.describe()));
  }

  private static Optional<Integer> port(String line) {
    Matcher matcher = EXTENDED.matcher(line);
    int port = matcher.find() ? Integer.parseInt(matcher.group(2)) : 0;
    return port < 1 || port > 65535 ? Optional.empty() : Optional.of(port);
  }

  /** The address in a 227 reply. */
  static InetSocketAddress announced(FtpReply reply) {
    return reply
        .find(DataAgreement::address)
        .orElseThrow(
            () -> new PeerMisbehaved("no address in the reply to PASV: " + reply.describe()));
  }

  private static Optional<InetSocketAddress> address(String line) {
    Matcher matcher = SIX_NUMBERS.matcher(line);
    return matcher.find()
        ? HostPort.parse(matcher.group().replaceAll("\\s", ""))
        : Optional.empty();
  }

  /** Whether an announced host, although trusted, may replace the peer's own address. */
  static boolean isPlausible(InetAddress announced, InetAddress peer) {
    if (announced.isLoopbackAddress()
        || announced.isLinkLocalAddress()
        || announced.isMulticastAddress()
        || announced.isAnyLocalAddress()) {
      return false;
    }
    return announced.isSiteLocalAddress() == peer.isSiteLocalAddress();
  }

  private static Mono<DataOffer> epsv(Job job) {
    return job.expect(new Epsv(Epsv.Family.SAME))
        .flatMap(reply -> connect(job, job.conversation().control.dataTarget(extendedPort(reply))));
  }

  private static Mono<DataOffer> pasv(Job job, boolean trust) {
    return job.expect(new Bare(Verb.PASV))
        .flatMap(reply -> connect(job, pasvTarget(job, announced(reply), trust)));
  }

  /** The announced host is ignored unless trusted: it could be any host (CVE-2020-8284). */
  private static InetSocketAddress pasvTarget(Job job, InetSocketAddress announced, boolean trust) {
    ControlLink control = job.conversation().control;
    return trust && isPlausible(announced.getAddress(), control.peer().getAddress())
        ? announced
        : control.dataTarget(announced.getPort());
  }

  private static Mono<DataOffer> connect(Job job, InetSocketAddress target) {
    return job.conversation()
        .control
        .connectData(target)
        .map(
            link -> {
              DataOffer offer = DataOffer.made(link);
              job.own(offer);
              return offer;
            });
  }

  private static Mono<DataOffer> listen(Job job, DataMode.Active mode) {
    Conversation conversation = job.conversation();
    ControlLink control = conversation.control;
    return control
        .listen(
            control.local().getAddress(),
            mode.ports(),
            conversation.options.timeouts().dataConnect())
        .flatMap(
            listener -> {
              job.own(listener);
              return job.expect(announcement(listener, mode)).thenReturn(listener);
            });
  }

  private static FtpCommand announcement(DataListener listener, DataMode.Active mode) {
    InetSocketAddress own = listener.address();
    InetAddress announced = mode.announced() == null ? own.getAddress() : mode.announced();
    InetSocketAddress target = new InetSocketAddress(announced, own.getPort());
    return announced instanceof Inet4Address ? new Port(target) : new Eprt(target);
  }
}
