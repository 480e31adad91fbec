package dev.sluice.ssh.algorithm;

import java.util.List;

/** The supported compressions (RFC 4253 section 6.2, draft-miller-secsh-compression-delayed). */
public final class Compressions {
  public static final CompressionAlgorithm NONE = new CompressionAlgorithm("none", false, true);
  public static final CompressionAlgorithm ZLIB_DELAYED =
      new CompressionAlgorithm("zlib@openssh.com", true, false);

  /** All. Plain {@code zlib} is left out: it inflates data before the login. */
  public static final List<CompressionAlgorithm> ALL = List.of(NONE, ZLIB_DELAYED);

  private Compressions() {}
}
