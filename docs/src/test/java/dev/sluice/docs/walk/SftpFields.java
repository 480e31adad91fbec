package dev.sluice.docs.walk;

import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.Dialect;
import dev.sluice.sftp.message.Init;
import dev.sluice.sftp.message.PacketDecoder;
import dev.sluice.sftp.message.SftpPacket;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.message.Version;
import dev.sluice.ssh.wire.Encoded;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

/** The packets of SFTP version 3, field by field. */
final class SftpFields {
  private static final Dialect V3 = Dialect.of(SftpVersion.V3);
  private static final String DRAFT = "draft-ietf-secsh-filexfer-02 section ";
  private static final int INIT = 1;
  private static final int VERSION = 2;
  private static final int FIRST_RESPONSE = 101;
  private static final int EXTENDED = 200;

  private record Kind(String name, String source, Consumer<Fields> fields) {}

  private static final Map<Integer, Kind> KINDS =
      Map.ofEntries(
          Map.entry(INIT, new Kind("INIT", DRAFT + "4", f -> f.number(4, "version"))),
          Map.entry(VERSION, new Kind("VERSION", DRAFT + "4", SftpFields::version)),
          Map.entry(3, new Kind("OPEN", DRAFT + "6.3", SftpFields::open)),
          Map.entry(4, new Kind("CLOSE", DRAFT + "6.3", f -> id(f).blob("handle"))),
          Map.entry(5, new Kind("READ", DRAFT + "6.4", SftpFields::read)),
          Map.entry(6, new Kind("WRITE", DRAFT + "6.4", SftpFields::write)),
          Map.entry(7, new Kind("LSTAT", DRAFT + "6.8", f -> id(f).string("path"))),
          Map.entry(8, new Kind("FSTAT", DRAFT + "6.8", f -> id(f).blob("handle"))),
          Map.entry(9, new Kind("SETSTAT", DRAFT + "6.9", f -> attributes(id(f).string("path")))),
          Map.entry(11, new Kind("OPENDIR", DRAFT + "6.7", f -> id(f).string("path"))),
          Map.entry(12, new Kind("READDIR", DRAFT + "6.7", f -> id(f).blob("handle"))),
          Map.entry(13, new Kind("REMOVE", DRAFT + "6.5", f -> id(f).string("filename"))),
          Map.entry(14, new Kind("MKDIR", DRAFT + "6.6", f -> attributes(id(f).string("path")))),
          Map.entry(15, new Kind("RMDIR", DRAFT + "6.6", f -> id(f).string("path"))),
          Map.entry(16, new Kind("REALPATH", DRAFT + "6.11", f -> id(f).string("path"))),
          Map.entry(17, new Kind("STAT", DRAFT + "6.8", f -> id(f).string("path"))),
          Map.entry(101, new Kind("STATUS", DRAFT + "7", SftpFields::status)),
          Map.entry(102, new Kind("HANDLE", DRAFT + "7", f -> id(f).blob("handle"))),
          Map.entry(103, new Kind("DATA", DRAFT + "7", f -> id(f).string("data"))),
          Map.entry(104, new Kind("NAME", DRAFT + "7", SftpFields::names)),
          Map.entry(105, new Kind("ATTRS", DRAFT + "7", f -> attributes(id(f)))),
          Map.entry(EXTENDED, new Kind("EXTENDED", DRAFT + "8", SftpFields::extended)),
          Map.entry(201, new Kind("EXTENDED_REPLY", DRAFT + "8", SftpFields::limits)));

  private SftpFields() {}

  /** The type's name, and that of an extension. */
  static String name(byte[] packet) {
    int type = packet[0] & 0xFF;
    Fields fields = new Fields(packet).number(1, "");
    return type == EXTENDED ? "EXTENDED " + fields.number(4, "").peekString() : of(type).name();
  }

  static String source(byte[] packet) {
    return of(packet[0] & 0xFF).source()
        + ((packet[0] & 0xFF) == EXTENDED ? ", OpenSSH PROTOCOL section 4" : "");
  }

  /** The request's number; INIT and VERSION have none. */
  static int id(byte[] packet) {
    return (int) new Fields(packet).number(1, "").peek(4);
  }

  static boolean isRequest(byte[] packet) {
    int type = packet[0] & 0xFF;
    return type < FIRST_RESPONSE || type == EXTENDED;
  }

  /** What reads it in the stack; the fields of what was read are the octets again. */
  static String reader(byte[] packet) {
    ByteBuf in = Unpooled.wrappedBuffer(packet);
    SftpPacket read =
        switch (packet[0]) {
          case INIT -> Init.decode(in.skipBytes(1));
          case VERSION -> Version.decode(in.skipBytes(1));
          default ->
              isRequest(packet) ? PacketDecoder.request(in, V3) : PacketDecoder.response(in, V3);
        };
    byte[] again =
        Encoded.bytes(
            out -> {
              out.writeByte(read.type());
              read.encode(out, V3);
              out.writeBytes(read.payload().duplicate());
            });
    if (!Arrays.equals(again, packet)) {
      throw new IllegalStateException(read + " is not written as it was read");
    }
    return "read as " + read.getClass().getSimpleName();
  }

  /** The packet, from its type on. */
  static void take(Fields fields) {
    Kind kind = of((int) fields.peek(1));
    kind.fields().accept(fields.number(1, "SSH_FXP_" + kind.name()));
  }

  private static Kind of(int type) {
    Kind kind = KINDS.get(type);
    if (kind == null) {
      throw new IllegalStateException("no layout of type " + type);
    }
    return kind;
  }

  private static Fields id(Fields fields) {
    return fields.number(4, "request-id");
  }

  private static void version(Fields fields) {
    fields.number(4, "version");
    while (!fields.isDone()) {
      fields.string("extension-name").string("extension-data");
    }
  }

  private static void open(Fields fields) {
    attributes(id(fields).string("filename").number(4, "pflags", SftpFields::pflags));
  }

  private static String pflags(long flags) {
    String[] names = {"READ", "WRITE", "APPEND", "CREAT", "TRUNC", "EXCL"};
    StringBuilder set = new StringBuilder();
    for (int i = 0; i < names.length; i++) {
      set.append((flags >> i & 1) == 0 ? "" : " " + names[i]);
    }
    return set.toString().strip();
  }

  private static void read(Fields fields) {
    id(fields).blob("handle").number(8, "offset").number(4, "len");
  }

  private static void write(Fields fields) {
    id(fields).blob("handle").number(8, "offset").string("data");
  }

  private static void status(Fields fields) {
    id(fields)
        .number(4, "error/status code", SftpFields::statusName)
        .string("error message")
        .string("language tag");
  }

  private static String statusName(long number) {
    return Arrays.stream(StatusCode.values())
        .filter(code -> code.number() == number)
        .map(code -> number + ", " + code)
        .findFirst()
        .orElseThrow();
  }

  private static void names(Fields fields) {
    id(fields);
    long count = fields.peek(4);
    fields.number(4, "count");
    for (long i = 0; i < count; i++) {
      attributes(fields.string("filename").string("longname"));
    }
  }

  private static void attributes(Fields fields) {
    long flags = fields.peek(4);
    fields.number(4, "attributes: flags", Long::toHexString);
    if ((flags & 1) != 0) {
      fields.number(8, "attributes: size");
    }
    if ((flags & 2) != 0) {
      fields.number(4, "attributes: uid").number(4, "attributes: gid");
    }
    if ((flags & 4) != 0) {
      fields.number(4, "attributes: permissions", Long::toOctalString);
    }
    if ((flags & 8) != 0) {
      fields.number(4, "attributes: atime").number(4, "attributes: mtime");
    }
  }

  private static void extended(Fields fields) {
    id(fields);
    String name = fields.peekString();
    fields.string("extended-request");
    switch (name) {
      case "posix-rename@openssh.com" -> fields.string("oldpath").string("newpath");
      case "fsync@openssh.com" -> fields.blob("handle");
      case "limits@openssh.com" -> {}
      default -> throw new IllegalStateException("no layout of the extension " + name);
    }
  }

  private static void limits(Fields fields) {
    id(fields)
        .number(8, "max-packet-length")
        .number(8, "max-read-length")
        .number(8, "max-write-length")
        .number(8, "max-open-handles");
  }
}
