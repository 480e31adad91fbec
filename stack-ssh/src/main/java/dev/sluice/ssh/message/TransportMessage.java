package dev.sluice.ssh.message;

import dev.sluice.api.RawName;
import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.ssh.wire.SshBoolean;
import dev.sluice.ssh.wire.SshString;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The messages of the transport (RFC 4253, 8308) except those of a key exchange. Each {@code
 * decode} starts after the number and reads to the end.
 */
public sealed interface TransportMessage extends SshMessage
    permits KexInit,
        TransportMessage.Disconnect,
        TransportMessage.Ignore,
        TransportMessage.Unimplemented,
        TransportMessage.Debug,
        TransportMessage.ServiceRequest,
        TransportMessage.ServiceAccept,
        TransportMessage.ExtInfo,
        TransportMessage.NewKeys,
        TransportMessage.Ping,
        TransportMessage.Pong {

  /**
   * Ends the connection (RFC 4253 section 11.1).
   *
   * @param reason uint32; see {@link DisconnectReason}
   * @param description for people, as received
   */
  record Disconnect(int reason, String description) implements TransportMessage {
    public static final int NUMBER = 1;

    /** The reason's name, or the number of an unknown one, and what was said. */
    public String describe() {
      return Arrays.stream(DisconnectReason.values())
              .filter(known -> known.code() == reason)
              .map(DisconnectReason::name)
              .findFirst()
              .orElse("reason " + Integer.toUnsignedString(reason))
          + ": "
          + RawName.escape(description);
    }

    public static Disconnect decode(ByteBuf in) {
      Disconnect message = new Disconnect(Layout.uint32(in), SshString.readText(in));
      if (in.isReadable()) { // a language tag, which some peers leave out
        SshString.readText(in);
      }
      return Layout.whole(in, message);
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER).writeInt(reason);
      SshString.write(out, description);
      SshString.write(out, "");
    }
  }

  /**
   * Means nothing (RFC 4253 section 11.2).
   *
   * @param data anything
   */
  record Ignore(byte[] data) implements TransportMessage {
    public static final int NUMBER = 2;

    public static Ignore decode(ByteBuf in) {
      return Layout.whole(in, new Ignore(SshString.read(in)));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
      SshString.write(out, data);
    }
  }

  /**
   * Answers a message of an unknown kind (RFC 4253 section 11.4).
   *
   * @param sequence uint32, the number of the packet that brought it
   */
  record Unimplemented(int sequence) implements TransportMessage {
    public static final int NUMBER = 3;

    public static Unimplemented decode(ByteBuf in) {
      return Layout.whole(in, new Unimplemented(Layout.uint32(in)));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER).writeInt(sequence);
    }
  }

  /**
   * A remark for the log (RFC 4253 section 11.3).
   *
   * @param alwaysDisplay whether a person should see it
   * @param text as received
   */
  record Debug(boolean alwaysDisplay, String text) implements TransportMessage {
    public static final int NUMBER = 4;

    public static Debug decode(ByteBuf in) {
      Debug message = new Debug(SshBoolean.read(in), SshString.readText(in));
      SshString.readText(in);
      return Layout.whole(in, message);
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER).writeBoolean(alwaysDisplay);
      SshString.write(out, text);
      SshString.write(out, "");
    }
  }

  /** Asks for a service (RFC 4253 section 10). */
  record ServiceRequest(String service) implements TransportMessage {
    public static final int NUMBER = 5;

    public static ServiceRequest decode(ByteBuf in) {
      return Layout.whole(in, new ServiceRequest(SshString.readName(in)));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
      SshString.write(out, service);
    }
  }

  /** Grants a service (RFC 4253 section 10). */
  record ServiceAccept(String service) implements TransportMessage {
    public static final int NUMBER = 6;

    public static ServiceAccept decode(ByteBuf in) {
      return Layout.whole(in, new ServiceAccept(SshString.readName(in)));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
      SshString.write(out, service);
    }
  }

  /** Announces extensions (RFC 8308). */
  record ExtInfo(List<Extension> extensions) implements TransportMessage {
    public static final int NUMBER = 7;

    /** Extensions that one message may hold. */
    public static final int MAX_EXTENSIONS = 1024;

    public ExtInfo {
      extensions = List.copyOf(extensions);
    }

    /**
     * One extension.
     *
     * @param value any octets, NUL among them
     */
    public record Extension(String name, byte[] value) {}

    public static ExtInfo decode(ByteBuf in) {
      int count = Layout.count(in, MAX_EXTENSIONS, "extensions in EXT_INFO");
      List<Extension> extensions = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        extensions.add(new Extension(SshString.readName(in), SshString.read(in)));
      }
      return Layout.whole(in, new ExtInfo(extensions));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER).writeInt(extensions.size());
      for (Extension extension : extensions) {
        SshString.write(out, extension.name());
        SshString.write(out, extension.value());
      }
    }
  }

  /** The keys agreed on are used from the next packet on (RFC 4253 section 7.3). */
  record NewKeys() implements TransportMessage {
    public static final int NUMBER = 21;

    public static NewKeys decode(ByteBuf in) {
      return Layout.whole(in, new NewKeys());
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
    }
  }

  /** Asks for a {@link Pong} with the same data (ping@openssh.com). */
  record Ping(byte[] data) implements TransportMessage {
    public static final int NUMBER = 192;

    public static Ping decode(ByteBuf in) {
      return Layout.whole(in, new Ping(SshString.read(in)));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
      SshString.write(out, data);
    }
  }

  /** Answers a {@link Ping}. */
  record Pong(byte[] data) implements TransportMessage {
    public static final int NUMBER = 193;

    public static Pong decode(ByteBuf in) {
      return Layout.whole(in, new Pong(SshString.read(in)));
    }

    @Override
    public int number() {
      return NUMBER;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
      SshString.write(out, data);
    }
  }
}
