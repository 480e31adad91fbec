package dev.sluice.ssh.message;

import dev.sluice.ssh.wire.SshBoolean;
import dev.sluice.ssh.wire.SshString;
import io.netty.buffer.ByteBuf;

/** What a {@link ChannelRequest} asks for or reports (RFC 4254 section 6). */
public sealed interface RequestType {

  /** The type's name on the wire. */
  String type();

  /** Appends the type's own fields. */
  void encode(ByteBuf out);

  /** Whether it starts what a channel is for; a channel starts one thing. */
  default boolean startsSomething() {
    return this instanceof Shell || this instanceof Exec || this instanceof Subsystem;
  }

  /** Whether it reports the end of what was started. */
  default boolean tellsEnd() {
    return this instanceof ExitStatus || this instanceof ExitSignal;
  }

  static RequestType decode(String type, ByteBuf in) {
    return switch (type) {
      case Shell.TYPE -> new Shell();
      case Exec.TYPE -> new Exec(SshString.readUtf8(in, Layout.MAX_TEXT));
      case Subsystem.TYPE -> new Subsystem(SshString.readUtf8(in, Layout.MAX_TEXT));
      case Env.TYPE ->
          new Env(SshString.readUtf8(in, Layout.MAX_TEXT), SshString.readUtf8(in, Layout.MAX_TEXT));
      case Signal.TYPE -> new Signal(SshString.readUtf8(in, Layout.MAX_TEXT));
      case ExitStatus.TYPE -> new ExitStatus(Layout.uint32(in));
      case ExitSignal.TYPE -> ExitSignal.decode(in);
      default -> new Other(type, Layout.rest(in));
    };
  }

  /** Starts the user's shell. */
  record Shell() implements RequestType {
    public static final String TYPE = "shell";

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out) {}
  }

  /** Runs a command. */
  record Exec(String command) implements RequestType {
    public static final String TYPE = "exec";

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out) {
      SshString.write(out, command);
    }
  }

  /** Starts a subsystem, such as {@code sftp}. */
  record Subsystem(String name) implements RequestType {
    public static final String TYPE = "subsystem";

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out) {
      SshString.write(out, name);
    }
  }

  /** Sets a variable for what will be started. */
  record Env(String name, String value) implements RequestType {
    public static final String TYPE = "env";

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out) {
      SshString.write(out, name);
      SshString.write(out, value);
    }
  }

  /**
   * Sends a signal to what runs.
   *
   * @param name without SIG
   */
  record Signal(String name) implements RequestType {
    public static final String TYPE = "signal";

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out) {
      SshString.write(out, name);
    }
  }

  /**
   * What ran has ended.
   *
   * @param status uint32
   */
  record ExitStatus(int status) implements RequestType {
    public static final String TYPE = "exit-status";

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeInt(status);
    }
  }

  /**
   * What ran was ended by a signal.
   *
   * @param signal its name without SIG
   */
  record ExitSignal(String signal, boolean coreDumped, String description) implements RequestType {
    public static final String TYPE = "exit-signal";

    static ExitSignal decode(ByteBuf in) {
      ExitSignal what =
          new ExitSignal(SshString.readText(in), SshBoolean.read(in), SshString.readText(in));
      SshString.readText(in);
      return what;
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public void encode(ByteBuf out) {
      SshString.write(out, signal);
      out.writeBoolean(coreDumped);
      SshString.write(out, description);
      SshString.write(out, "");
    }
  }

  /** A request that we do not know. */
  record Other(String type, byte[] data) implements RequestType {
    @Override
    public void encode(ByteBuf out) {
      out.writeBytes(data);
    }
  }
}
