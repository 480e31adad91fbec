package dev.sluice.ssh.message;

import dev.sluice.ssh.wire.NameList;
import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshBoolean;
import dev.sluice.ssh.wire.Uint32;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * What one side can do, best first, at the start of a key exchange (RFC 4253 section 7.1).
 *
 * @param cookie 16 random octets
 * @param kex key exchange methods and markers
 * @param hostKeys algorithms that the host may prove itself with
 * @param toServer what protects packets of the client
 * @param toClient what protects packets of the server
 * @param firstKexPacketFollows whether a guessed packet follows this message
 */
public record KexInit(
    byte[] cookie,
    List<String> kex,
    List<String> hostKeys,
    Direction toServer,
    Direction toClient,
    boolean firstKexPacketFollows)
    implements TransportMessage {
  public static final int NUMBER = 20;
  public static final int COOKIE_OCTETS = 16;

  public KexInit {
    kex = List.copyOf(kex);
    hostKeys = List.copyOf(hostKeys);
  }

  /** What one side can do with packets of one direction, best first. */
  public record Direction(List<String> ciphers, List<String> macs, List<String> compressions) {
    public Direction {
      ciphers = List.copyOf(ciphers);
      macs = List.copyOf(macs);
      compressions = List.copyOf(compressions);
    }
  }

  public static KexInit decode(ByteBuf in) {
    byte[] cookie = Octet.read(in, COOKIE_OCTETS);
    List<String> kex = NameList.read(in);
    List<String> hostKeys = NameList.read(in);
    List<String> ciphersToServer = NameList.read(in);
    List<String> ciphersToClient = NameList.read(in);
    List<String> macsToServer = NameList.read(in);
    List<String> macsToClient = NameList.read(in);
    List<String> compressionsToServer = NameList.read(in);
    List<String> compressionsToClient = NameList.read(in);
    NameList.read(in); // languages of either direction mean nothing to us
    NameList.read(in);
    boolean follows = SshBoolean.read(in);
    Uint32.read(in); // reserved
    return Layout.whole(
        in,
        new KexInit(
            cookie,
            kex,
            hostKeys,
            new Direction(ciphersToServer, macsToServer, compressionsToServer),
            new Direction(ciphersToClient, macsToClient, compressionsToClient),
            follows));
  }

  @Override
  public int number() {
    return NUMBER;
  }

  @Override
  public void encode(ByteBuf out) {
    out.writeByte(NUMBER).writeBytes(cookie);
    NameList.write(out, kex);
    NameList.write(out, hostKeys);
    NameList.write(out, toServer.ciphers());
    NameList.write(out, toClient.ciphers());
    NameList.write(out, toServer.macs());
    NameList.write(out, toClient.macs());
    NameList.write(out, toServer.compressions());
    NameList.write(out, toClient.compressions());
    NameList.write(out, List.of());
    NameList.write(out, List.of());
    out.writeBoolean(firstKexPacketFollows).writeInt(0);
  }
}
