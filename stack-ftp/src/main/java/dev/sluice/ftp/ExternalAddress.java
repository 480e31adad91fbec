package dev.sluice.ftp;

import dev.sluice.transport.Network;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Which address a server behind NAT announces for passive connections. Only the 227 reply carries
 * one; the 229 reply of EPSV never does (RFC 2428).
 */
@FunctionalInterface
public interface ExternalAddress {

  /**
   * The address to announce to {@code client}, whose control connection arrived at {@code local}.
   * Never empty.
   */
  Mono<InetAddress> announcedTo(InetAddress client, InetAddress local);

  /** The address that the control connection arrived at. */
  static ExternalAddress none() {
    return (client, local) -> Mono.just(local);
  }

  /** The same for all clients. */
  static ExternalAddress fixed(InetAddress address) {
    return (client, local) -> Mono.just(address);
  }

  /** By the network of the client; the first that holds it counts, else {@link #none()}. */
  static ExternalAddress byNetwork(Map<Network, InetAddress> addresses) {
    Map<Network, InetAddress> copy = Map.copyOf(addresses);
    return (client, local) ->
        Mono.just(
            copy.entrySet().stream()
                .filter(entry -> entry.getKey().contains(client))
                .max((a, b) -> a.getKey().prefixBits() - b.getKey().prefixBits())
                .map(Map.Entry::getValue)
                .orElse(local));
  }

  /** The IPv4 address of a host name, looked up again when {@code refresh} has passed. */
  static ExternalAddress named(String host, Duration refresh) {
    Mono<InetAddress> lookup =
        Mono.fromCallable(() -> InetAddress.getAllByName(host))
            .subscribeOn(Schedulers.boundedElastic())
            .flatMapIterable(List::of)
            .filter(Inet4Address.class::isInstance)
            .next()
            .cache(address -> refresh, failure -> Duration.ZERO, () -> Duration.ZERO);
    return (client, local) -> lookup.onErrorReturn(local).defaultIfEmpty(local);
  }

  /** This address, but not for clients inside {@code localNetworks}. */
  default ExternalAddress exceptFor(List<Network> localNetworks) {
    return (client, local) ->
        localNetworks.stream().anyMatch(network -> network.contains(client))
            ? Mono.just(local)
            : announcedTo(client, local);
  }
}
