package dev.sluice.spring;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Clients of file servers.
 *
 * @param clients Clients of file servers, by name.
 */
@ConfigurationProperties("sluice")
public record SluiceProperties(@DefaultValue Map<String, Client> clients) {
  public SluiceProperties {
    clients = Map.copyOf(clients);
  }

  /**
   * A client of a file server.
   *
   * @param uri Server, as sftp://user@host:port; the schemes are ftp, ftpes, ftps, sftp, file, mem.
   * @param username Who logs in, instead of the user in the URI.
   * @param password Password of the user.
   * @param keyFile Private key to log in with over SSH.
   * @param passphrase Passphrase of the private key.
   * @param knownHosts Host keys on record, in the format of OpenSSH.
   * @param hostKey Fingerprint of the only host key that is trusted, as SHA256:...
   * @param trust Certificates of the authorities that are trusted over TLS, in PEM.
   * @param netrc File of logins.
   * @param connectTimeout Longest wait for a connection.
   * @param replyTimeout Longest wait for an answer.
   * @param pool Sessions that are kept open.
   */
  public record Client(
      URI uri,
      @Nullable String username,
      @Nullable String password,
      @Nullable Path keyFile,
      @Nullable String passphrase,
      @Nullable Path knownHosts,
      @Nullable String hostKey,
      @Nullable Path trust,
      @Nullable Path netrc,
      @Nullable Duration connectTimeout,
      @Nullable Duration replyTimeout,
      @DefaultValue Pool pool) {

    /** Without secrets. */
    @Override
    public String toString() {
      return "Client[" + uri.getScheme() + "://" + uri.getHost() + "]";
    }
  }

  /**
   * Sessions that are kept open.
   *
   * @param most Sessions at a time.
   * @param acquire Longest wait for a session.
   * @param idle Time after which an unused session is closed.
   * @param keepAlive How often an unused session is asked whether it lives; 0 = never.
   * @param warm Sessions that are opened at the start.
   */
  public record Pool(
      @DefaultValue("4") int most,
      @DefaultValue("10s") Duration acquire,
      @DefaultValue("1m") Duration idle,
      @DefaultValue("0s") Duration keepAlive,
      @DefaultValue("0") int warm) {}
}
