package dev.sluice.testing;

import dev.sluice.api.FileError;
import dev.sluice.api.RemotePath;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.sftp.server.SftpServer;
import dev.sluice.storage.local.LocalStorage;
import dev.sluice.storage.memory.MemoryStorage;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Servers for a test of JUnit 5, on free ports of 127.0.0.1. All serve the same files, to the same
 * users. A server starts when it is first asked for.
 *
 * <pre>{@code
 * @RegisterExtension static TestServers servers = TestServers.create().user("ann", "secret");
 *
 * servers.files().write("/in.txt", "hi");
 * servers.cutAfter(1 << 20);
 * servers.sftp().client().connect();
 * }</pre>
 *
 * <p>In a static field the servers run until the class has ended, in another field until the test
 * has. Faults, and files in memory, last for one test. No port and no thread of the servers is left
 * when they end; threads that Reactor or a storage shares with the whole process remain.
 *
 * <p>Settings return other servers and are made before the first start. Faults change these servers
 * and hold for what follows, in sessions that are open, too. They are for tests that run one after
 * the other. Calls block, for 30 seconds at most.
 */
public final class TestServers
    implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {
  private static final Settings DEFAULT =
      new Settings(
          new Settings.User("ann", "secret"),
          null,
          MemoryStorage::create,
          UnaryOperator.identity(),
          UnaryOperator.identity(),
          Schedulers.parallel());

  private final Settings settings;
  private final Faults faults;
  private final FaultyStorage files;
  private final AtomicReference<@Nullable Storage> current = new AtomicReference<>();
  private @Nullable Running running;
  private final AtomicInteger classes = new AtomicInteger();

  private TestServers(Settings settings) {
    this.settings = settings;
    this.faults = new Faults(settings.timer());
    this.files = new FaultyStorage(this::current, faults);
  }

  /** Servers for files in memory, and for the user {@code ann} with the password {@code secret}. */
  public static TestServers create() {
    return new TestServers(DEFAULT);
  }

  /** Lets this user log in, with every right. The first one takes the place of {@code ann}. */
  public TestServers user(String name, String password) {
    return new TestServers(settings.withUser(new Settings.User(name, password)));
  }

  /** Serves a directory, which must exist; it is not emptied between tests. */
  public TestServers directory(Path root) {
    return storage(LocalStorage.at(root));
  }

  /** Serves this storage; it is the same in every test. */
  public TestServers storage(Storage storage) {
    return new TestServers(settings.withFiles(() -> storage));
  }

  /** Changes the servers of FTP and FTPS before they start: passive ports, timeouts, observers. */
  public TestServers ftpServer(UnaryOperator<FtpServer> change) {
    return new TestServers(settings.withFtp(change));
  }

  /** Changes the server of SFTP before it starts. */
  public TestServers sftpServer(UnaryOperator<SftpServer> change) {
    return new TestServers(settings.withSftp(change));
  }

  /** Delays pass by the clock of {@code timer}. */
  TestServers timedBy(Scheduler timer) {
    return new TestServers(settings.withTimer(timer));
  }

  /** The server of FTP without TLS. */
  public TestServer<FtpClient> ftp() {
    return running().ftp();
  }

  /** The server of FTP that refuses logins and transfers without TLS (AUTH TLS, RFC 4217). */
  public TestServer<FtpClient> ftps() {
    return running().ftps();
  }

  /** The server of SFTP, with an Ed25519 host key of its own. */
  public TestServer<SftpClient> sftp() {
    return running().sftp();
  }

  /** What {@link #ftps} shows: self-signed, for {@code localhost} and 127.0.0.1. */
  public X509Certificate certificate() {
    return running().certificate().chain().get(0);
  }

  /** The files, without the faults. */
  public TestFiles files() {
    return new TestFiles(current(), Identity.of(settings.first().name()));
  }

  /**
   * What clients send arrives so much later, on every connection. Each round trip takes that much
   * longer; the speed of long transfers is hardly limited.
   */
  public void latency(Duration delay) {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("negative delay: " + delay);
    }
    faults.latency(delay);
  }

  /**
   * The servers read and write files at this speed, all sessions together: slow readers of what
   * clients upload, slow writers of what they download.
   */
  public void octetsPerSecond(long octets) {
    if (octets < 1) {
      throw new IllegalArgumentException("speed: " + octets);
    }
    faults.pace(octets);
  }

  /**
   * Cuts every connection as soon as more than {@code octets} would pass, both directions together,
   * counted from this call or from its beginning; what has passed arrives. Logins and handshakes
   * count, and TLS does not. With FTP, control and data are connections of their own, and the end
   * of a transfer may be heard on the one before its octets on the other.
   */
  public void cutAfter(long octets) {
    cut(octets, Integer.MAX_VALUE);
  }

  /** As {@link #cutAfter}, for the first connection that gets so far; all others live. */
  public void cutOnceAfter(long octets) {
    cut(octets, 1);
  }

  private void cut(long octets, int connections) {
    if (octets < 0) {
      throw new IllegalArgumentException("negative number of octets: " + octets);
    }
    faults.cut(octets, connections);
  }

  /**
   * The disk takes so many octets more and then signals {@link FileError#NO_SPACE}; a piece that
   * does not fit is refused as a whole. Only what is written to open files counts.
   */
  public void diskFullAfter(long octets) {
    if (octets < 0) {
      throw new IllegalArgumentException("negative number of octets: " + octets);
    }
    faults.room(octets);
  }

  /** Refuses all that names this path or one below it: {@link FileError#PERMISSION_DENIED}. */
  public void refuse(String path) {
    faults.refuse(RemotePath.of(path));
  }

  /**
   * Lets one call fail; those before and after it do not.
   *
   * @param nth which one from now on, from 1; all sessions count together
   */
  public void fail(StorageVerb verb, int nth, FileError error) {
    if (nth < 1) {
      throw new IllegalArgumentException("call " + nth + " does not exist; the first is 1");
    }
    faults.fail(verb, nth, error);
  }

  /** Ends all faults. JUnit does so after each test. */
  public void reset() {
    faults.reset();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    classes.incrementAndGet(); // nested classes come here, too
  }

  @Override
  public void afterEach(ExtensionContext context) {
    reset();
    current.set(null);
    if (classes.get() == 0) {
      close();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (classes.decrementAndGet() == 0) {
      close();
    }
  }

  /** Ends the servers, if there are any. JUnit does so at the end of the class or the test. */
  @Override
  public void close() {
    Running ended = end();
    current.set(null);
    reset();
    if (ended != null) {
      ended.close();
    }
  }

  private synchronized @Nullable Running end() {
    Running ended = running;
    running = null;
    return ended;
  }

  private synchronized Running running() {
    Running known = running;
    if (known == null) {
      known = new Running(settings, faults, files);
      running = known;
    }
    return known;
  }

  /** Takes no lock: event loops come here. */
  private Storage current() {
    Storage known = current.get();
    if (known != null) {
      return known;
    }
    Storage fresh = settings.files().get();
    Storage other = current.compareAndExchange(null, fresh);
    return other == null ? fresh : other;
  }
}
