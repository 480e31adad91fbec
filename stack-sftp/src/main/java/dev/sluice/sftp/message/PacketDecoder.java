package dev.sluice.sftp.message;

import static dev.sluice.sftp.SftpVersion.V6;

import dev.sluice.sftp.message.PathRequest.Plain;
import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.ssh.wire.Uint32;
import io.netty.buffer.ByteBuf;

/**
 * Reads packets that {@link PacketFramer} has found. Buffers are borrowed: a packet retains the
 * parts that it keeps. A broken layout throws {@link SshViolation}; this does not affect the next
 * packet. Octets after the last known field are ignored.
 */
public final class PacketDecoder {
  private PacketDecoder() {}

  /** A request, from its type on; INIT is not one. */
  public static SftpRequest request(ByteBuf in, Dialect dialect) {
    int type = Octet.read(in);
    int id = (int) Uint32.read(in);
    return switch (type) {
      case PathRequest.Open.TYPE -> PathRequest.Open.decode(id, in, dialect);
      case HandleRequest.Close.TYPE -> HandleRequest.Close.decode(id, in);
      case HandleRequest.Read.TYPE -> HandleRequest.Read.decode(id, in);
      case HandleRequest.Write.TYPE -> HandleRequest.Write.decode(id, in);
      case PathRequest.Lstat.TYPE -> PathRequest.Lstat.decode(id, in, dialect);
      case HandleRequest.Fstat.TYPE -> HandleRequest.Fstat.decode(id, in, dialect);
      case PathRequest.Setstat.TYPE -> PathRequest.Setstat.decode(id, in, dialect);
      case HandleRequest.Fsetstat.TYPE -> HandleRequest.Fsetstat.decode(id, in, dialect);
      case HandleRequest.Readdir.TYPE -> HandleRequest.Readdir.decode(id, in);
      case PathRequest.Mkdir.TYPE -> PathRequest.Mkdir.decode(id, in, dialect);
      case PathRequest.Realpath.TYPE -> PathRequest.Realpath.decode(id, in, dialect);
      case PathRequest.Stat.TYPE -> PathRequest.Stat.decode(id, in, dialect);
      case PathRequest.Rename.TYPE -> PathRequest.Rename.decode(id, in, dialect);
      case Extended.TYPE -> Extended.decode(id, in, dialect);
      default -> linkOrLock(type, id, in, dialect);
    };
  }

  /** A response, from its type on; VERSION is not one. */
  public static SftpResponse response(ByteBuf in, Dialect dialect) {
    int type = Octet.read(in);
    int id = (int) Uint32.read(in);
    return switch (type) {
      case SftpResponse.Status.TYPE -> SftpResponse.Status.decode(id, in);
      case SftpResponse.Handle.TYPE -> SftpResponse.Handle.decode(id, in);
      case SftpResponse.Data.TYPE -> SftpResponse.Data.decode(id, in);
      case SftpResponse.Name.TYPE -> SftpResponse.Name.decode(id, in, dialect);
      case SftpResponse.Attrs.TYPE -> SftpResponse.Attrs.decode(id, in, dialect);
      case SftpResponse.ExtendedReply.TYPE -> SftpResponse.ExtendedReply.decode(id, in);
      default -> throw SshViolation.protocol("SFTP: a response of type " + type);
    };
  }

  private static SftpRequest linkOrLock(int type, int id, ByteBuf in, Dialect dialect) {
    boolean new6 = dialect.since(V6);
    if (type == PathRequest.Symlink.TYPE && !new6) {
      return PathRequest.Symlink.decode(id, in, dialect);
    }
    if (type == PathRequest.Link.TYPE && new6) {
      return PathRequest.Link.decode(id, in);
    }
    if (type == HandleRequest.Block.TYPE && new6) {
      return HandleRequest.Block.decode(id, in);
    }
    if (type == HandleRequest.Unblock.TYPE && new6) {
      return HandleRequest.Unblock.decode(id, in);
    }
    for (Plain.Kind kind : Plain.Kind.values()) {
      if (kind.type() == type) {
        return Plain.decode(kind, id, in);
      }
    }
    return new UnknownRequest(id, type);
  }
}
