package dev.sluice.server.test;

import dev.sluice.api.FileSession;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.client.Clients;
import dev.sluice.client.RemoteClient;
import dev.sluice.server.config.ConfigReader;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.daemon.ConfiguredAccess;
import dev.sluice.server.daemon.Daemon;
import dev.sluice.tls.test.TestCertificates;
import dev.sluice.transport.connect.HostTrust;
import dev.sluice.transport.connect.TlsTrust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import reactor.core.publisher.Mono;

/** A server of a document with ftp, ftps and sftp; the password of all users is "secret". */
public final class ServedDocument implements AutoCloseable {
  public static final Duration PATIENCE = Duration.ofMinutes(2);
  public static final String PASSWORD =
      OpenBSDBCrypt.generate("secret".toCharArray(), new byte[16], 4);

  private static final List<String> SCHEMES = List.of("ftp", "ftps", "sftp");

  private final Path directory;
  private final Daemon daemon;

  private ServedDocument(Path directory, Daemon daemon) {
    this.directory = directory;
    this.daemon = daemon;
  }

  /**
   * Serves.
   *
   * @param more lines of the document, after the listeners; users may say "home: home"
   */
  public static ServedDocument start(Path directory, String... more) throws IOException {
    Files.createDirectories(directory.resolve("home"));
    Path trusted = directory.resolve("trusted.crt");
    if (!Files.exists(trusted)) {
      Files.copy(new TestCertificates().write(directory).authority(), trusted);
    }
    Daemon daemon =
        Daemon.start(document(directory, more), new ConfiguredAccess()::of, SessionObserver.NONE)
            .block(PATIENCE);
    return new ServedDocument(directory, daemon);
  }

  /** A line of the document for a user. */
  public static String user(Path directory, String name, String more) {
    return "  - { name: %s, home: '%s', password: '%s'%s }"
        .formatted(name, directory.resolve("home"), PASSWORD, more);
  }

  /** Replaces all but the listeners. */
  public void reload(String... more) throws IOException {
    daemon.reload(document(directory, more)).block(PATIENCE);
  }

  public Daemon daemon() {
    return daemon;
  }

  /** Logs in as a user. */
  public Mono<FileSession> login(String scheme, String user, String password) {
    return client(scheme, user, password).connect();
  }

  public FileSession login(String scheme, String user) {
    return login(scheme, user, "secret").block(PATIENCE);
  }

  public RemoteClient client(String scheme, String user, String password) {
    String url = url(scheme);
    URI known = URI.create(url.replace("://", "://" + user + ":" + password + "@"));
    TlsTrust trust = TlsTrust.authorities(directory.resolve("trusted.crt"));
    return Clients.of(
        known,
        settings ->
            switch (known.getScheme()) {
              case "ftp" -> settings;
              case "ftps" -> settings.trust(trust);
              default -> settings.hostKeys(HostTrust.dangerouslyTrustAnyone());
            });
  }

  public String url(String scheme) {
    return daemon.urls().get(SCHEMES.indexOf(scheme));
  }

  @Override
  public void close() {
    daemon.drain(Duration.ZERO).block(PATIENCE);
  }

  private static ServerConfig document(Path directory, String... more) throws IOException {
    StringBuilder text = new StringBuilder("listeners:\n");
    for (String scheme : SCHEMES) {
      text.append("  - url: ").append(scheme).append("://127.0.0.1:0\n");
    }
    text.append("hostKeys: keys\ntls: { certificate: server.crt, key: server.key }\n");
    for (String line : more) {
      text.append(line).append('\n');
    }
    Path file = Files.writeString(directory.resolve("s.yaml"), text);
    return ConfigReader.read(file, Map.<String, String>of()::get).config();
  }
}
