package dev.sluice.ssh.message;

import dev.sluice.ssh.wire.SshBoolean;
import dev.sluice.ssh.wire.SshString;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What a {@link UserAuthRequest} shows: the method's name and the fields after it. */
public sealed interface AuthMethod {

  String name();

  /** Appends the fields after the method's name. */
  void encode(ByteBuf out);

  static AuthMethod decode(ByteBuf in) {
    String name = SshString.readName(in);
    return switch (name) {
      case None.NAME -> new None();
      case Password.NAME -> Password.decode(in);
      case PublicKey.NAME -> PublicKey.decode(in, false);
      case PublicKey.HOST_BOUND -> PublicKey.decode(in, true);
      case KeyboardInteractive.NAME -> KeyboardInteractive.decode(in);
      default -> new Unknown(name, Layout.rest(in));
    };
  }

  /** Shows nothing: asks which methods there are (RFC 4252 section 5.2). */
  record None() implements AuthMethod {
    public static final String NAME = "none";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out) {}
  }

  /**
   * A password (RFC 4252 section 8). Secret.
   *
   * @param replacement the password that is to replace it; null = none
   */
  record Password(String password, @Nullable String replacement) implements AuthMethod {
    public static final String NAME = "password";

    static Password decode(ByteBuf in) {
      boolean change = SshBoolean.read(in);
      String password = SshString.readUtf8(in, Layout.MAX_TEXT);
      return new Password(password, change ? SshString.readUtf8(in, Layout.MAX_TEXT) : null);
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeBoolean(replacement != null);
      SshString.write(out, password);
      if (replacement != null) {
        SshString.write(out, replacement);
      }
    }

    @Override
    public String toString() {
      return "Password[***]";
    }
  }

  /**
   * A public key and, except in a query, the proof that the client holds its private part (RFC 4252
   * section 7).
   *
   * @param hostKey the server's key of the first exchange, with the method {@value #HOST_BOUND};
   *     null = plain {@value #NAME}
   * @param signature over the session identifier and this request up to here; null = a query
   */
  record PublicKey(
      String algorithm, byte[] key, byte @Nullable [] hostKey, byte @Nullable [] signature)
      implements AuthMethod {
    public static final String NAME = "publickey";
    public static final String HOST_BOUND = "publickey-hostbound-v00@openssh.com";

    static PublicKey decode(ByteBuf in, boolean hostBound) {
      boolean signed = SshBoolean.read(in);
      String algorithm = SshString.readName(in);
      byte[] key = SshString.read(in);
      byte[] hostKey = hostBound ? SshString.read(in) : null;
      return new PublicKey(algorithm, key, hostKey, signed ? SshString.read(in) : null);
    }

    public PublicKey signed(byte[] newSignature) {
      return new PublicKey(algorithm, key, hostKey, newSignature);
    }

    @Override
    public String name() {
      return hostKey == null ? NAME : HOST_BOUND;
    }

    @Override
    public void encode(ByteBuf out) {
      encodeUnsigned(out, signature != null);
      if (signature != null) {
        SshString.write(out, signature);
      }
    }

    /** The fields before the signature, which it covers. */
    void encodeUnsigned(ByteBuf out, boolean signatureFollows) {
      out.writeBoolean(signatureFollows);
      SshString.write(out, algorithm);
      SshString.write(out, key);
      if (hostKey != null) {
        SshString.write(out, hostKey);
      }
    }
  }

  /** Lets the server ask (RFC 4256 section 3.1). */
  record KeyboardInteractive(String submethods) implements AuthMethod {
    public static final String NAME = "keyboard-interactive";

    static KeyboardInteractive decode(ByteBuf in) {
      SshString.readText(in);
      return new KeyboardInteractive(SshString.readText(in));
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void encode(ByteBuf out) {
      SshString.write(out, "");
      SshString.write(out, submethods);
    }
  }

  /** A method that we do not know. */
  record Unknown(String name, byte[] fields) implements AuthMethod {
    @Override
    public void encode(ByteBuf out) {
      out.writeBytes(fields);
    }
  }
}
