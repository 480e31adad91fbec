package dev.sluice.sftp.message;

import dev.sluice.ssh.wire.SshString;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a server calls an open file or directory: 1 to 256 octets that mean something only to it.
 */
public final class SftpHandle {
  /** Octets of the longest handle (draft-ietf-secsh-filexfer-02 section 6.3). */
  public static final int MAX_OCTETS = 256;

  private final byte[] octets;

  private SftpHandle(byte[] octets) {
    this.octets = octets;
  }

  /** A handle of eight octets. */
  public static SftpHandle of(long number) {
    byte[] octets = new byte[Long.BYTES];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (number >>> (56 - 8 * i));
    }
    return new SftpHandle(octets);
  }

  public static SftpHandle read(ByteBuf in) {
    return new SftpHandle(SshString.read(in, MAX_OCTETS));
  }

  public void write(ByteBuf out) {
    SshString.write(out, octets);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SftpHandle handle && Arrays.equals(octets, handle.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(octets);
  }
}
