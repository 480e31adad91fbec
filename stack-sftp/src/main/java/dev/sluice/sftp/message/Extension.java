package dev.sluice.sftp.message;

import io.netty.buffer.ByteBuf;

/** The body of an {@link Extended} request. */
public sealed interface Extension permits OpenSshExtension, DraftExtension, Extension.Unknown {

  /** The name in the request. */
  String name();

  /** Appends what follows the name. */
  void encode(ByteBuf out, Dialect dialect);

  /** An extension that is not known here; its data is not read. */
  record Unknown(String name) implements Extension {
    @Override
    public void encode(ByteBuf out, Dialect dialect) {}
  }
}
