package dev.sluice.docs.walk;

import dev.sluice.ssh.message.AuthMessage;
import dev.sluice.ssh.message.ChannelMessage;
import dev.sluice.ssh.message.ChannelRequest;
import dev.sluice.ssh.message.ConnectionMessage;
import dev.sluice.ssh.message.KexInit;
import dev.sluice.ssh.message.SshMessage;
import dev.sluice.ssh.message.TransportMessage;
import dev.sluice.ssh.message.UserAuthRequest;
import dev.sluice.ssh.wire.Encoded;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The messages of SSH, field by field. */
final class SshFields {
  /**
   * A kind of message.
   *
   * @param decoder of the stack, from behind the number; null where it has none on its own
   * @param fields takes what is behind the number apart
   */
  private record Kind(
      String name,
      String source,
      @Nullable Function<ByteBuf, SshMessage> decoder,
      Consumer<Fields> fields) {}

  private static final String[] LISTS = {
    "kex_algorithms",
    "server_host_key_algorithms",
    "encryption, client to server",
    "encryption, server to client",
    "mac, client to server",
    "mac, server to client",
    "compression, client to server",
    "compression, server to client",
    "languages, client to server",
    "languages, server to client"
  };

  private static final Map<Integer, Kind> KINDS =
      Map.ofEntries(
          Map.entry(
              1,
              kind(
                  "DISCONNECT",
                  "RFC 4253 section 11.1",
                  TransportMessage.Disconnect::decode,
                  SshFields::disconnect)),
          Map.entry(
              5,
              kind(
                  "SERVICE_REQUEST",
                  "RFC 4253 section 10",
                  TransportMessage.ServiceRequest::decode,
                  f -> f.string("service name"))),
          Map.entry(
              6,
              kind(
                  "SERVICE_ACCEPT",
                  "RFC 4253 section 10",
                  TransportMessage.ServiceAccept::decode,
                  f -> f.string("service name"))),
          Map.entry(
              7,
              kind(
                  "EXT_INFO",
                  "RFC 8308 section 2.3",
                  TransportMessage.ExtInfo::decode,
                  SshFields::extensions)),
          Map.entry(
              20, kind("KEXINIT", "RFC 4253 section 7.1", KexInit::decode, SshFields::kexInit)),
          Map.entry(
              21,
              kind("NEWKEYS", "RFC 4253 section 7.3", TransportMessage.NewKeys::decode, f -> {})),
          Map.entry(
              30, kind("KEX_ECDH_INIT", "RFC 5656 section 4, RFC 8731", null, f -> f.blob("Q_C"))),
          Map.entry(
              31,
              kind("KEX_ECDH_REPLY", "RFC 5656 section 4, RFC 8731", null, SshFields::ecdhReply)),
          Map.entry(
              50,
              kind(
                  "USERAUTH_REQUEST",
                  "RFC 4252 section 5",
                  UserAuthRequest::decode,
                  SshFields::userauth)),
          Map.entry(
              51,
              kind(
                  "USERAUTH_FAILURE",
                  "RFC 4252 section 5.1",
                  AuthMessage.Failure::decode,
                  f -> bool(f.string("can continue"), "partial success"))),
          Map.entry(
              52,
              kind(
                  "USERAUTH_SUCCESS",
                  "RFC 4252 section 5.1",
                  AuthMessage.Success::decode,
                  f -> {})),
          Map.entry(
              80,
              kind(
                  "GLOBAL_REQUEST",
                  "RFC 4254 section 4, OpenSSH PROTOCOL section 2.5",
                  ConnectionMessage.GlobalRequest::decode,
                  SshFields::global)),
          Map.entry(
              90,
              kind(
                  "CHANNEL_OPEN",
                  "RFC 4254 section 5.1",
                  ChannelMessage.Open::decode,
                  f -> sizes(f.string("channel type").number(4, "sender channel")))),
          Map.entry(
              91,
              kind(
                  "CHANNEL_OPEN_CONFIRMATION",
                  "RFC 4254 section 5.1",
                  ChannelMessage.OpenConfirmation::decode,
                  f -> sizes(channel(f).number(4, "sender channel")))),
          Map.entry(
              93,
              kind(
                  "CHANNEL_WINDOW_ADJUST",
                  "RFC 4254 section 5.2",
                  ChannelMessage.WindowAdjust::decode,
                  f -> channel(f).number(4, "bytes to add"))),
          Map.entry(
              94,
              kind(
                  "CHANNEL_DATA",
                  "RFC 4254 section 5.2",
                  ChannelMessage.Data::decode,
                  f -> channel(f).string("data"))),
          Map.entry(
              96,
              kind(
                  "CHANNEL_EOF",
                  "RFC 4254 section 5.3",
                  ChannelMessage.Eof::decode,
                  SshFields::channel)),
          Map.entry(
              97,
              kind(
                  "CHANNEL_CLOSE",
                  "RFC 4254 section 5.3",
                  ChannelMessage.Close::decode,
                  SshFields::channel)),
          Map.entry(
              98,
              kind(
                  "CHANNEL_REQUEST",
                  "RFC 4254 sections 5.4 and 6",
                  ChannelRequest::decode,
                  SshFields::channelRequest)),
          Map.entry(
              99,
              kind(
                  "CHANNEL_SUCCESS",
                  "RFC 4254 section 5.4",
                  ChannelMessage.Success::decode,
                  SshFields::channel)));

  private SshFields() {}

  /** The message's name, without the SSH_MSG_ of the documents, and what it is for. */
  static String title(byte[] payload) {
    int number = payload[0] & 0xFF;
    ByteBuf in = Unpooled.wrappedBuffer(payload).skipBytes(1);
    return switch (number) {
      case UserAuthRequest.NUMBER ->
          of(number).name() + " " + UserAuthRequest.decode(in).method().name();
      case ChannelRequest.NUMBER ->
          of(number).name() + " " + ChannelRequest.decode(in).what().type();
      default -> of(number).name();
    };
  }

  /** Where the documents describe it. */
  static String source(int number) {
    return of(number).source();
  }

  /** What reads it in the stack; the fields of what was read are the octets again. */
  static String reader(byte[] payload) {
    Function<ByteBuf, SshMessage> decoder = of(payload[0] & 0xFF).decoder();
    if (decoder == null) {
      return "read by the key exchange";
    }
    SshMessage message = decoder.apply(Unpooled.wrappedBuffer(payload).skipBytes(1));
    if (!Arrays.equals(Encoded.bytes(message::encode), payload)) {
      throw new IllegalStateException(message + " is not written as it was read");
    }
    return "read as " + message.getClass().getSimpleName();
  }

  /** The payload, from its number on. */
  static void take(Fields fields) {
    Kind kind = of((int) fields.peek(1));
    kind.fields().accept(fields.number(1, "SSH_MSG_" + kind.name()));
  }

  private static Kind of(int number) {
    Kind kind = KINDS.get(number);
    if (kind == null) {
      throw new IllegalStateException("no layout of message " + number);
    }
    return kind;
  }

  private static Kind kind(
      String name,
      String source,
      @Nullable Function<ByteBuf, SshMessage> decoder,
      Consumer<Fields> fields) {
    return new Kind(name, source, decoder, fields);
  }

  private static Fields bool(Fields fields, String name) {
    return fields.number(1, name, value -> value == 0 ? "FALSE" : "TRUE");
  }

  private static Fields channel(Fields fields) {
    return fields.number(4, "recipient channel");
  }

  private static void sizes(Fields fields) {
    fields.number(4, "initial window size").number(4, "maximum packet size");
  }

  private static void disconnect(Fields fields) {
    fields.number(4, "reason code").string("description").string("language tag");
  }

  private static void kexInit(Fields fields) {
    fields.binary(16, "cookie");
    for (String list : LISTS) {
      fields.string(list);
    }
    bool(fields, "first_kex_packet_follows").number(4, "reserved");
  }

  private static void ecdhReply(Fields fields) {
    fields.size(4, "K_S");
    fields.string("K_S: key type").blob("K_S: public key").blob("Q_S");
    fields.size(4, "signature of H");
    fields.string("signature: algorithm").blob("signature: value");
  }

  private static void extensions(Fields fields) {
    long count = fields.peek(4);
    fields.number(4, "nr-extensions");
    for (long i = 0; i < count; i++) {
      fields.string("extension name").string("extension value");
    }
  }

  private static void userauth(Fields fields) {
    fields.string("user name").string("service name");
    String method = fields.peekString();
    fields.string("method name");
    if (method.equals("password")) {
      bool(fields, "new password follows");
      fields.secret(fields.size(4, "password"), "password");
    } else if (method.startsWith("publickey")) {
      boolean signed = fields.peek(1) != 0;
      bool(fields, "signature follows").string("public key algorithm").blob("public key");
      if (method.length() > "publickey".length()) {
        fields.blob("server's host key");
      }
      if (signed) {
        fields.blob("signature");
      }
    }
  }

  private static void global(Fields fields) {
    bool(fields.string("request name"), "want reply");
    while (!fields.isDone()) {
      fields.blob("host key");
    }
  }

  private static void channelRequest(Fields fields) {
    channel(fields);
    String type = fields.peekString();
    bool(fields.string("request type"), "want reply");
    switch (type) {
      case "exec" -> fields.string("command");
      case "subsystem" -> fields.string("subsystem name");
      case "exit-status" -> fields.number(4, "exit status");
      default -> throw new IllegalStateException("no layout of the request " + type);
    }
  }
}
