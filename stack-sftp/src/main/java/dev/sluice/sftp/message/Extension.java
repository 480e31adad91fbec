package dev.sluice.sftp.message;

import io.netty.buffer.ByteBuf;

/** The body of an {@link Extended} request. */
public sealed interface Extension permits OpenSshExtension, DraftExtension, Extension.Unknown {

  /** The name in the request. */
  String name();

  /** Appends what follows the name. */
  void encode(ByteBuf out, Dialect dialect);

  /** One that is not known here; what it asks is not looked at. */
  record Unknown(String name) implements Extension {
    @Override
    public void encode(ByteBuf out, Dialect dialect) {}
  }
}
