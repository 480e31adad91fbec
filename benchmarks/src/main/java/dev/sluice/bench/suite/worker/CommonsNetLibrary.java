package dev.sluice.bench.suite.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPSClient;

/** Apache Commons Net, passive and binary. */
final class CommonsNetLibrary implements Library {
  private static final int BUFFER = 1 << 20;

  @Override
  public Session open(Endpoint server) throws IOException, GeneralSecurityException {
    FTPClient client =
        server.protocol() == Protocol.FTPS ? secured(Path.of(server.trust())) : new FTPClient();
    client.setBufferSize(BUFFER);
    client.connect(server.host(), server.port());
    require(client.login(server.user(), server.password()), client);
    if (client instanceof FTPSClient tls) {
      tls.execPBSZ(0);
      tls.execPROT("P");
    }
    client.enterLocalPassiveMode();
    require(client.setFileType(FTP.BINARY_FILE_TYPE), client);
    return new CommonsNetSession(client);
  }

  private static FTPSClient secured(Path authority) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(authority)) {
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    FTPSClient client = new FTPSClient(false, context);
    client.setEnabledProtocols(new String[] {"TLSv1.3"});
    client.setEnabledCipherSuites(new String[] {Protocol.TLS_SUITE});
    return client;
  }

  private static void require(boolean done, FTPClient client) throws IOException {
    if (!done) {
      throw new IOException("refused: " + client.getReplyString());
    }
  }

  private record CommonsNetSession(FTPClient client) implements Session {

    @Override
    public void download(String remote, Path local) throws IOException {
      try (OutputStream out = Files.newOutputStream(local)) {
        require(client.retrieveFile(remote, out), client);
      }
    }

    @Override
    public void upload(Path local, String remote) throws IOException {
      try (InputStream in = Files.newInputStream(local)) {
        require(client.storeFile(remote, in), client);
      }
    }

    @Override
    public void close() throws IOException {
      client.logout();
      client.disconnect();
    }
  }
}
