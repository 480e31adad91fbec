package dev.sluice.ftp.server;

import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.RemotePath;
import dev.sluice.ftp.TransferFormat;
import org.jspecify.annotations.Nullable;

/** What the user of a session has set; the next user begins anew. */
final class Chosen {
  /** What the program calls itself; it stays the same for the next user. */
  String clientName;

  RemotePath directory = RemotePath.root();
  TransferFormat format = TransferFormat.INITIAL;
  MlsxFacts facts = MlsxFacts.DEFAULT;
  ChecksumAlgorithm hash = ChecksumAlgorithm.SHA_256;

  /** What RNFR has named; null = RNTO has nothing to rename. */
  @Nullable RemotePath renameFrom;

  /** The offset that REST has set, in octets. */
  long restart;

  /** EPSV ALL was said (RFC 2428 section 4). */
  boolean onlyEpsv;

  Chosen(String clientName) {
    this.clientName = clientName;
  }
}
