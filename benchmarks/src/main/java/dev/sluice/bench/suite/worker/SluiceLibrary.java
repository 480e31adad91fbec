package dev.sluice.bench.suite.worker;

import dev.sluice.api.FileOperations;
import dev.sluice.api.FileSession;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.api.login.Identity;
import dev.sluice.client.transfer.Mirror;
import dev.sluice.client.transfer.Transfers;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.file.PrivateKeyFile;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.tls.AesGcmProvider;
import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.PemFiles;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.session.TlsVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ours. One FTP client for each server, as in programs: it remembers what the server can do. */
final class SluiceLibrary implements Library {
  private final Map<Endpoint, FtpClient> clients = new ConcurrentHashMap<>();

  /** As the program does. */
  SluiceLibrary() {
    AesGcmProvider.install();
  }

  @Override
  public Session open(Endpoint server) throws IOException {
    return new SluiceSession(
        switch (server.protocol()) {
          case FTP -> Waiting.of(ftp(server).connect());
          case FTPS -> Waiting.of(ftp(server).security(security(server)).connect());
          case SFTP -> Waiting.of(sftp(server).connect());
        });
  }

  private FtpClient ftp(Endpoint server) {
    return clients.computeIfAbsent(
        server,
        at -> FtpClient.create(at.host()).port(at.port()).credentials(at.user(), at.password()));
  }

  private static FtpSecurity security(Endpoint server) throws IOException {
    return FtpSecurity.explicit(
        TlsClientOptions.DEFAULT
            .withVersions(Set.of(TlsVersion.TLS_1_3))
            .withVerification(
                PeerVerification.authorities(PemFiles.certificates(Path.of(server.trust())))));
  }

  private static SftpClient sftp(Endpoint server) throws IOException {
    byte[] key = Files.readAllBytes(Path.of(server.trust()));
    return SftpClient.create(server.host())
        .port(server.port())
        .user(server.user())
        .credential(Credential.key(SshKeyPair.of(PrivateKeyFile.read(key, new char[0]).key())))
        .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone())
        .ssh(h -> h.security(s -> s.withAlgorithms(CommonAlgorithms.of(s.algorithms()))));
  }

  private record SluiceSession(FileSession remote) implements Session {

    @Override
    public void download(String from, Path to) {
      Path name = to.getFileName();
      FileOperations local = local(to);
      Transfers.copy(
              remote,
              RemotePath.of(from),
              local,
              RemotePath.root().child(name.toString()),
              WriteMode.replace())
          .blockLast(Waiting.LIMIT);
      Waiting.end(local.close());
    }

    @Override
    public void upload(Path from, String to) {
      Path name = from.getFileName();
      FileOperations local = local(from);
      Transfers.copy(
              local,
              RemotePath.root().child(name.toString()),
              remote,
              RemotePath.of(to),
              WriteMode.replace())
          .blockLast(Waiting.LIMIT);
      Waiting.end(local.close());
    }

    @Override
    public void downloadAll(String from, Path to, int count) {
      FileOperations local = local(to.resolve("all"));
      Transfers.orFail(
              Transfers.mirror(
                  remote, RemotePath.of(from), local, RemotePath.root(), Mirror.oneWay()))
          .blockLast(Waiting.LIMIT);
      Waiting.end(local.close());
    }

    @Override
    public void uploadAll(Path from, String to, int count) {
      FileOperations local = local(from.resolve("all"));
      Transfers.orFail(
              Transfers.mirror(
                  local, RemotePath.root(), remote, RemotePath.of(to), Mirror.oneWay()))
          .blockLast(Waiting.LIMIT);
      Waiting.end(local.close());
    }

    @Override
    public void close() {
      Waiting.end(remote.close());
    }

    /** The directory that holds {@code file}. */
    private static FileOperations local(Path file) {
      return Waiting.of(LocalStorage.at(file.resolveSibling(".")).open(Identity.of("benchmark")));
    }
  }
}
