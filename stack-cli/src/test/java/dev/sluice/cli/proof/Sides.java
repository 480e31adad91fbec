package dev.sluice.cli.proof;

import dev.sluice.ftp.peer.PeerOptions;
import dev.sluice.ftp.peer.PeerTls;
import dev.sluice.ftp.peer.PortBlock;
import dev.sluice.ftp.peer.ProFtpd;
import dev.sluice.ftp.peer.PureFtpd;
import dev.sluice.ftp.peer.ServerPeer;
import dev.sluice.ftp.peer.Vsftpd;
import dev.sluice.ssh.peer.PeerAccount;
import dev.sluice.ssh.peer.Sshd;
import dev.sluice.tls.test.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The sides that take part in the proof, by name. */
final class Sides {
  /** Our own. */
  static final List<String> OURS = List.of("file", "ftp", "ftpes", "ftps", "sftp");

  /** Servers of others; those of FTP also with TLS. */
  static final List<String> PEERS =
      List.of("vsftpd", "proftpd", "pure-ftpd", "sshd", "vsftpd-tls", "proftpd-tls");

  private static final TestCertificates CERTIFICATES = new TestCertificates();

  private Sides() {}

  /** Opens one whose directory is empty; it is below {@code home} if the server allows that. */
  static Side open(String name, Path home) throws IOException, InterruptedException {
    Path root = Files.createTempDirectory(home, name);
    return switch (name) {
      case "file" -> new LocalSide(root);
      case "sshd" -> sshd();
      case "vsftpd" -> ftp("ftp", Vsftpd.start(PeerOptions.DEFAULT));
      case "proftpd" -> ftp("ftp", ProFtpd.start(PeerOptions.DEFAULT));
      case "pure-ftpd" -> ftp("ftp", PureFtpd.start(PeerOptions.DEFAULT));
      case "vsftpd-tls" -> ftp("ftpes", Vsftpd.start(secured()));
      case "proftpd-tls" -> ftp("ftpes", ProFtpd.start(secured()));
      default -> ours(name, home, root);
    };
  }

  private static PeerOptions secured() {
    return PeerOptions.DEFAULT.secured(PeerTls.required(CERTIFICATES));
  }

  private static Side ours(String scheme, Path home, Path root)
      throws IOException, InterruptedException {
    TestCertificates.PemFiles files = CERTIFICATES.write(home);
    // Where the relay listens: that of the other side is there already.
    PortBlock ports = PortBlock.find(BreakableRelay.HOST);
    boolean ssh = scheme.equals("sftp");
    BreakableRelay relay =
        BreakableRelay.open(ports.control(), ssh ? ports.control() : ports.passiveHigh());
    OurServer server =
        OurServer.start(
            home,
            List.of(
                "serve",
                "--root",
                root.toString(),
                "--user",
                "ann:pw",
                "--never-ban",
                "127.0.0.0/8",
                "--listen",
                scheme + "://127.0.0.1:" + ports.control(),
                "--passive-ports",
                ports.passiveLow() + "-" + ports.passiveHigh(),
                "--host-keys",
                home.resolve("keys-" + ports.control()).toString(),
                "--tls-cert",
                files.certificate().toString(),
                "--tls-key",
                files.key().toString()));
    return new ServedSide(
        scheme,
        root,
        scheme + "://ann:pw@" + BreakableRelay.HOST + ":" + ports.control() + "/",
        new Side.Trait(true, ssh, ssh, true),
        relay,
        server::restart,
        () -> {},
        server::close);
  }

  private static Side ftp(String scheme, ServerPeer peer) throws IOException {
    return new ServedSide(
        peer.name() + (scheme.equals("ftp") ? "" : " (" + scheme + ")"),
        peer.root(),
        "%s://%s:%s@%s:%d/"
            .formatted(scheme, peer.user(), peer.password(), BreakableRelay.HOST, peer.port()),
        new Side.Trait(true, false, false, false),
        BreakableRelay.open(peer.port(), peer.lastPort()),
        peer::restart,
        peer::giveFilesToUser,
        peer::close);
  }

  private static Side sshd() throws IOException {
    Sshd sshd = Sshd.start();
    // The account cannot enter the directory of the test.
    Path root = Files.createTempDirectory("sluice-proof-").toRealPath();
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    ServedSide.Step own =
        () ->
            new ProcessBuilder("chown", "-hR", PeerAccount.NAME + ":", root.toString())
                .inheritIO()
                .start()
                .waitFor();
    return new ServedSide(
        "sshd",
        root,
        "sftp://%s:%s@%s:%d%s"
            .formatted(
                PeerAccount.NAME,
                PeerAccount.PASSWORD,
                BreakableRelay.HOST,
                sshd.port(),
                root.toString()),
        new Side.Trait(true, true, true, true),
        BreakableRelay.open(sshd.port(), sshd.port()),
        sshd::restart,
        own,
        () -> {
          sshd.close();
          SourceTree.empty(root);
          Files.delete(root);
        });
  }
}
