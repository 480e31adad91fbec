package dev.sluice.server.listen;

import dev.sluice.ftp.ExternalAddress;
import dev.sluice.server.config.PassiveConfig;
import dev.sluice.transport.Network;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** What 227 announces, by the document. */
final class PassiveAddress {
  private PassiveAddress() {}

  static ExternalAddress of(PassiveConfig passive) {
    String address = passive.address();
    ExternalAddress others =
        address == null ? ExternalAddress.none() : of(address, passive.refresh());
    Map<Network, ExternalAddress> own = new LinkedHashMap<>();
    passive.networks().forEach((network, text) -> own.put(network, of(text, passive.refresh())));
    return own.isEmpty()
        ? others
        : (client, local) ->
            own.keySet().stream()
                .filter(network -> network.contains(client))
                .max(Comparator.comparingInt(Network::prefixBits))
                .map(own::get)
                .orElse(others)
                .announcedTo(client, local);
  }

  private static ExternalAddress of(String text, Duration refresh) {
    byte[] octets = NetUtil.createByteArrayFromIpAddressString(text);
    try {
      return octets == null
          ? ExternalAddress.named(text, refresh)
          : ExternalAddress.fixed(InetAddress.getByAddress(octets));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has a legal length", e);
    }
  }
}
