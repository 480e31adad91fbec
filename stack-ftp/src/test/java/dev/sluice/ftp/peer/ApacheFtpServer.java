package dev.sluice.ftp.peer;

import dev.sluice.test.peer.Peers;
import dev.sluice.tls.test.TestCertificates.PemFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.ftplet.Authority;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.TransferRatePermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** Apache FtpServer in this JVM with one user; its files belong to whoever runs the tests. */
public final class ApacheFtpServer implements ServerPeer {
  private static final String NAME = "apache";
  private static final int MOST_LOGINS = 500;
  private static final String STORE_PASSWORD = "for-this-test";

  private final PeerOptions options;
  private final Workspace workspace;
  private final PortBlock ports;
  private final FtpServer server;

  /** Starts one. */
  public ApacheFtpServer(PeerOptions options) {
    this.options = options;
    workspace = Workspace.create(NAME);
    ports = PortBlock.find(options.host());
    try {
      server = factory().createServer();
      server.start();
    } catch (FtpException e) {
      workspace.close();
      throw new PeerFailure("Apache FtpServer does not start on port " + ports.control(), e);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String host() {
    return options.host();
  }

  @Override
  public int port() {
    return ports.control();
  }

  @Override
  public int lastPort() {
    return ports.passiveHigh();
  }

  @Override
  public long pid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public Path root() {
    return workspace.root();
  }

  @Override
  public String user() {
    return PeerAccount.NAME;
  }

  @Override
  public String password() {
    return PeerAccount.PASSWORD;
  }

  @Override
  public String log() {
    return "(Apache FtpServer logs through SLF4J)";
  }

  @Override
  public void giveFilesToUser() {
    // The server runs in this JVM: whatever the tests wrote is its own.
  }

  @Override
  public void close() {
    server.stop();
    workspace.close();
  }

  private FtpServerFactory factory() throws FtpException {
    ListenerFactory listener = new ListenerFactory();
    listener.setServerAddress(options.host());
    listener.setPort(ports.control());
    listener.setIdleTimeout(options.idleSeconds());
    DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
    data.setPassivePorts(ports.passiveLow() + "-" + ports.passiveHigh());
    data.setIdleTime(options.idleSeconds());
    PeerTls tls = options.tls();
    if (tls != null) {
      SslConfiguration security = security(tls);
      listener.setSslConfiguration(security);
      listener.setImplicitSsl(tls.isImplicit());
      data.setSslConfiguration(security);
      data.setImplicitSsl(tls.isImplicit());
    }
    listener.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
    ConnectionConfigFactory limits = new ConnectionConfigFactory();
    limits.setMaxLogins(MOST_LOGINS);
    limits.setMaxThreads(MOST_LOGINS);
    limits.setLoginFailureDelay(0);

    FtpServerFactory factory = new FtpServerFactory();
    factory.addListener("default", listener.createListener());
    factory.setUserManager(users());
    factory.setConnectionConfig(limits.createConnectionConfig());
    factory.setCommandFactory(commands());
    return factory;
  }

  /** It wants a key store, which openssl makes of the files. */
  private SslConfiguration security(PeerTls tls) {
    PemFiles files = tls.write(workspace);
    Path store = workspace.base().resolve("store.p12");
    List<String> command =
        List.of(
            Peers.program("openssl").toString(),
            "pkcs12",
            "-export",
            "-in",
            files.certificate().toString(),
            "-inkey",
            files.key().toString(),
            "-passout",
            "pass:" + STORE_PASSWORD,
            "-out",
            store.toString());
    Program.run(command, "", Duration.ofSeconds(20)).requireSuccess();
    SslConfigurationFactory factory = new SslConfigurationFactory();
    factory.setKeystoreFile(store.toFile());
    factory.setKeystoreType("PKCS12");
    factory.setKeystorePassword(STORE_PASSWORD);
    factory.setSslProtocol("TLSv1.2", "TLSv1.3");
    return factory.createSslConfiguration();
  }

  private UserManager users() throws FtpException {
    BaseUser user = new BaseUser();
    user.setName(PeerAccount.NAME);
    user.setPassword(PeerAccount.PASSWORD);
    user.setHomeDirectory(workspace.root().toString());
    user.setMaxIdleTime(options.idleSeconds());
    int rate = (int) Math.min(Integer.MAX_VALUE, options.bytesPerSecond());
    List<Authority> permissions =
        List.of(
            new WritePermission(),
            new ConcurrentLoginPermission(MOST_LOGINS, MOST_LOGINS),
            new TransferRatePermission(rate, rate));
    user.setAuthorities(permissions);
    UserManager users = new PropertiesUserManagerFactory().createUserManager();
    users.save(user);
    return users;
  }

  private CommandFactory commands() {
    CommandFactory all = new CommandFactoryFactory().createCommandFactory();
    return name -> options.without().contains(name) ? null : all.getCommand(name);
  }
}
