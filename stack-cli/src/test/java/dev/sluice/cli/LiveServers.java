package dev.sluice.cli;

import dev.sluice.api.BoundServer;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.sftp.server.SftpServer;
import dev.sluice.ssh.AuthorizedUsers;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.trust.AuthorizedKeys;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.transport.door.StaticUsers;
import dev.sluice.transport.observe.LiveSessions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** One directory over FTP and SFTP, and the command line inside this process. */
final class LiveServers implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LocalStorage files;
  private volatile BoundServer ftp;
  private final BoundServer sftp;
  private final LiveSessions live = new LiveSessions(Clock.systemUTC());
  private final SshKeyPair hostKey = SshKeyPair.of(Ed25519PrivateKey.generate(new SecureRandom()));

  LiveServers(Path directory) {
    this(directory, AuthorizedKeys.parse());
  }

  /** Whose SFTP lets ann in with one of these keys, too. */
  LiveServers(Path directory, AuthorizedKeys keys) {
    files = LocalStorage.at(directory);
    ftp = ftp(0);
    sftp =
        SftpServer.create()
            .host("127.0.0.1")
            .port(0)
            .storage(files)
            .users(AuthorizedUsers.by(user -> Mono.just(keys), StaticUsers.of("ann", "pw")))
            .hostKey(hostKey)
            .observer(live)
            .bind()
            .block(PATIENCE);
  }

  private BoundServer ftp(int port) {
    return FtpServer.create()
        .host("127.0.0.1")
        .port(port)
        .storage(files)
        .users(StaticUsers.of("ann", "pw"))
        .observer(live)
        .bind()
        .block(PATIENCE);
  }

  /** Stops the FTP server, works, and starts it again at the same address. */
  void withoutFtp(Runnable work) {
    int port = port("ftp");
    ftp.disposeNow();
    work.run();
    ftp = ftp(port);
  }

  /** Ends all sessions, as a server does that is restarted. */
  void endSessions(String scheme) {
    BoundServer server = scheme.equals("ftp") ? ftp : sftp;
    live.sessions().forEach(each -> server.end(each.session().id()).block(PATIENCE));
    SluiceProcess.await(() -> server.sessions() == 0);
  }

  /** {@code path} over this scheme. */
  String url(String scheme, String path) {
    return scheme + "://ann:pw@127.0.0.1:" + port(scheme) + path;
  }

  /** {@link #url} as commands print it. */
  String shown(String scheme, String path) {
    return scheme + "://ann@127.0.0.1:" + port(scheme) + path;
  }

  private int port(String scheme) {
    return (scheme.equals("ftp") ? ftp : sftp).address().getPort();
  }

  /** The type and the fingerprint of the key of the SFTP server. */
  String hostKey() {
    return hostKey.publicKey().type() + " " + hostKey.publicKey().fingerprint();
  }

  /** Runs a command; it trusts the host key of this server if a word leads there. */
  Ran run(String command, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = run(out, err, command, words);
    return new Ran(status, out.toString(), err.toString());
  }

  /** As {@link #run(String, String...)}, and what it prints is there while it runs. */
  int run(StringWriter out, StringWriter err, String command, String... words) {
    List<String> all = new ArrayList<>(List.of(command));
    if (List.of(words).stream().anyMatch(word -> word.startsWith("sftp://"))) {
      all.addAll(List.of("--host-key", hostKey.publicKey().fingerprint()));
    }
    all.addAll(List.of(words));
    return Main.commandLine(new PrintWriter(out), new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  /** What a command has done. */
  record Ran(int status, String out, String err) {}

  @Override
  public void close() {
    ftp.disposeNow();
    sftp.disposeNow();
  }
}
