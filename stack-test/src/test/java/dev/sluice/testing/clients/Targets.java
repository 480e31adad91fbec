package dev.sluice.testing.clients;

import dev.sluice.api.FileClient;
import dev.sluice.client.Clients;
import dev.sluice.client.RemoteClient;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.testing.TestServer;
import dev.sluice.testing.TestServers;
import dev.sluice.transport.connect.ClientSettings;
import dev.sluice.transport.connect.HostTrust;
import dev.sluice.transport.connect.TlsTrust;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.UnaryOperator;
import javax.net.ssl.X509TrustManager;

/** Servers of a test as a user of the library would reach them: by URI. */
final class Targets {
  private Targets() {}

  static TestServer<? extends FileClient> server(TestServers servers, String scheme) {
    return switch (scheme) {
      case "ftp" -> servers.ftp();
      case "ftpes" -> servers.ftps();
      case "sftp" -> servers.sftp();
      default -> throw new IllegalArgumentException(scheme);
    };
  }

  static URI uri(TestServers servers, String scheme, String path) {
    return URI.create(server(servers, scheme).uri() + path);
  }

  /** Trusts the server, and nothing else. */
  static ClientSettings trusting(TestServers servers, String scheme, ClientSettings settings) {
    return switch (scheme) {
      case "ftp" -> settings;
      case "ftpes" -> settings.trust(TlsTrust.by(only(servers.certificate())));
      default -> settings.hostKeys(HostTrust.pinned(fingerprint(servers)));
    };
  }

  static RemoteClient client(TestServers servers, String scheme) {
    return client(servers, scheme, settings -> settings);
  }

  static RemoteClient client(
      TestServers servers, String scheme, UnaryOperator<ClientSettings> change) {
    return Clients.of(
        uri(servers, scheme, "/"),
        settings -> change.apply(trusting(servers, scheme, settings.password("secret"))));
  }

  static String fingerprint(TestServers servers) {
    HostKeyPolicy policy = servers.sftp().client().settings().ssh().settings().hostKeys();
    return ((HostKeyPolicy.Pinned) policy).fingerprints().iterator().next();
  }

  private static X509TrustManager only(X509Certificate certificate) {
    return new X509TrustManager() {
      @Override
      public void checkClientTrusted(X509Certificate[] chain, String authType) {
        throw new IllegalStateException("no server asks");
      }

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String authType)
          throws CertificateException {
        if (!chain[0].equals(certificate)) {
          throw new CertificateException("another certificate");
        }
      }

      @Override
      public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {certificate};
      }
    };
  }
}
