package dev.sluice.ftp.peer;

import dev.sluice.tls.test.TestCertificates;
import dev.sluice.tls.test.TestCertificates.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * How a real server speaks TLS. Which versions it speaks is for the client to choose: all that it
 * has are enabled.
 *
 * @param certificates who signs the server's certificate, which is for this machine
 * @param start how its control connections become TLS
 * @param resumption data connections must resume the control connection's session; only vsftpd and
 *     ProFTPD can demand that
 */
public record PeerTls(TestCertificates certificates, Start start, boolean resumption) {

  /** How control connections become TLS. */
  public enum Start {
    /** By AUTH TLS, for who wants it. */
    ALLOWED,
    /** By AUTH TLS; nobody logs in and no data moves without. */
    REQUIRED,
    /** From the first octet; Pure-FTPd and pyftpdlib cannot. */
    IMPLICIT
  }

  /** AUTH TLS for all, with the resumption that the strictest servers demand. */
  public static PeerTls required(TestCertificates certificates) {
    return new PeerTls(certificates, Start.REQUIRED, true);
  }

  /** TLS from the first octet, with resumption. */
  public static PeerTls implicit(TestCertificates certificates) {
    return new PeerTls(certificates, Start.IMPLICIT, true);
  }

  /** The same for who wants it. */
  public PeerTls allowed() {
    return new PeerTls(certificates, Start.ALLOWED, resumption);
  }

  /** The same without a demand for resumption. */
  public PeerTls withoutResumption() {
    return new PeerTls(certificates, start, false);
  }

  boolean isImplicit() {
    return start == Start.IMPLICIT;
  }

  boolean isRequired() {
    return start != Start.ALLOWED;
  }

  /** Refuses what {@code peer} cannot do. */
  void checkExplicit(String peer) {
    if (isImplicit()) {
      throw new IllegalArgumentException(peer + " has no implicit TLS");
    }
  }

  /** Writes certificate and key where the server reads them, for its owner's eyes only. */
  PemFiles write(Workspace workspace) {
    PemFiles files = certificates.write(workspace.base());
    try {
      Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-------"));
      return files;
    } catch (IOException e) {
      throw new PeerFailure("cannot protect " + files.key(), e);
    }
  }
}
