package dev.sluice.ssh.agent;

import dev.sluice.ssh.wire.Octet;
import dev.sluice.ssh.wire.SshBoolean;
import dev.sluice.ssh.wire.SshString;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.ssh.wire.Uint32;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * A message to or from an agent (RFC 9987 section 3). On the wire, each message follows its length
 * as uint32, {@value #MAX_BYTES} at most.
 */
public sealed interface AgentMessage {
  /** Longer messages are not read. */
  int MAX_BYTES = 256 * 1024;

  /** The most keys that an agent's answer may hold. */
  int MAX_IDENTITIES = 2048;

  /** The number and the fields, without the length. */
  void encode(ByteBuf out);

  /** Writes the message with its length. */
  default void frame(ByteBuf out) {
    int start = out.writerIndex();
    out.writeInt(0);
    encode(out);
    out.setInt(start, out.writerIndex() - start - 4);
  }

  /** Reads what follows a length. */
  static AgentMessage decode(ByteBuf in) {
    int number = Octet.read(in);
    AgentMessage message =
        switch (number) {
          case Failure.NUMBER -> new Failure();
          case Success.NUMBER -> new Success();
          case RequestIdentities.NUMBER -> new RequestIdentities();
          case IdentitiesAnswer.NUMBER -> IdentitiesAnswer.decode(in);
          case SignRequest.NUMBER -> SignRequest.decode(in);
          case SignResponse.NUMBER -> SignResponse.decode(in);
          case SessionBind.NUMBER -> SessionBind.decode(in);
          default -> throw SshViolation.protocol("unknown agent message " + number);
        };
    Octet.requireEnd(in, "agent message " + number);
    return message;
  }

  /** The agent does not do what was asked (section 3.1). */
  record Failure() implements AgentMessage {
    static final int NUMBER = 5;

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
    }
  }

  /** The agent has done what was asked (section 3.1). */
  record Success() implements AgentMessage {
    static final int NUMBER = 6;

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
    }
  }

  /** Which keys are there? (section 3.5) */
  record RequestIdentities() implements AgentMessage {
    static final int NUMBER = 11;

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
    }
  }

  /**
   * A key of the agent.
   *
   * @param blob the public key or certificate
   * @param comment for people
   */
  record AgentIdentity(byte[] blob, String comment) {}

  /** These keys are there (section 3.5). */
  record IdentitiesAnswer(List<AgentIdentity> identities) implements AgentMessage {
    static final int NUMBER = 12;

    public IdentitiesAnswer {
      identities = List.copyOf(identities);
    }

    static IdentitiesAnswer decode(ByteBuf in) {
      long count = Uint32.read(in);
      if (count > MAX_IDENTITIES) {
        throw SshViolation.protocol("an agent with " + count + " keys");
      }
      List<AgentIdentity> identities = new ArrayList<>();
      for (long i = 0; i < count; i++) {
        identities.add(new AgentIdentity(SshString.read(in), SshString.readText(in)));
      }
      return new IdentitiesAnswer(identities);
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
      Uint32.write(out, identities.size());
      for (AgentIdentity identity : identities) {
        SshString.write(out, identity.blob());
        SshString.write(out, identity.comment());
      }
    }
  }

  /**
   * Sign this (section 3.6).
   *
   * @param blob the public key
   * @param data what is signed
   * @param flags {@link #RSA_SHA2_256}, {@link #RSA_SHA2_512} or 0
   */
  record SignRequest(byte[] blob, byte[] data, long flags) implements AgentMessage {
    public static final int RSA_SHA2_256 = 2;
    public static final int RSA_SHA2_512 = 4;
    static final int NUMBER = 13;

    static SignRequest decode(ByteBuf in) {
      return new SignRequest(SshString.read(in), SshString.read(in), Uint32.read(in));
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
      SshString.write(out, blob);
      SshString.write(out, data);
      Uint32.write(out, flags);
    }

    /** The flags that ask for a signature of this algorithm. */
    public static int flagsFor(String signatureName) {
      return switch (signatureName) {
        case "rsa-sha2-256" -> RSA_SHA2_256;
        case "rsa-sha2-512" -> RSA_SHA2_512;
        default -> 0;
      };
    }
  }

  /** The signature blob (section 3.6). */
  record SignResponse(byte[] signature) implements AgentMessage {
    static final int NUMBER = 14;

    static SignResponse decode(ByteBuf in) {
      return new SignResponse(SshString.read(in));
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
      SshString.write(out, signature);
    }
  }

  /**
   * Tells the agent which session its signatures are for (OpenSSH PROTOCOL.agent section 1).
   *
   * @param signature the host's, over the session identifier
   * @param isForwarding whether the agent is used through the session
   */
  record SessionBind(byte[] hostKey, byte[] sessionId, byte[] signature, boolean isForwarding)
      implements AgentMessage {
    static final int NUMBER = 27;
    private static final String NAME = "session-bind@openssh.com";

    static SessionBind decode(ByteBuf in) {
      String name = SshString.readName(in);
      if (!name.equals(NAME)) {
        throw SshViolation.protocol("unknown agent extension " + name);
      }
      return new SessionBind(
          SshString.read(in), SshString.read(in), SshString.read(in), SshBoolean.read(in));
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(NUMBER);
      SshString.write(out, NAME);
      SshString.write(out, hostKey);
      SshString.write(out, sessionId);
      SshString.write(out, signature);
      SshBoolean.write(out, isForwarding);
    }
  }
}
