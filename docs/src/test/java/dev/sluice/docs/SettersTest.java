package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.TemporaryName;
import dev.sluice.api.observe.SessionObserver;
import dev.sluice.ftp.Credentials;
import dev.sluice.ftp.DataMode;
import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.ftp.UnparsedLines;
import dev.sluice.ftp.client.FtpClient;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.sftp.HostKeyDirectory;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.SftpVersions;
import dev.sluice.sftp.SymlinkArguments;
import dev.sluice.sftp.SymlinkOrder;
import dev.sluice.sftp.client.SftpClient;
import dev.sluice.sftp.server.SftpServer;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshService;
import dev.sluice.ssh.client.SshClient;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.server.SshServer;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.test.TestCertificates;
import dev.sluice.transport.Proxy;
import dev.sluice.transport.Transport;
import dev.sluice.transport.door.StaticUsers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setter of a client or a server changes what it names, and nothing that another has set. */
final class SettersTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final SessionObserver OBSERVER = event -> {};
  private static final MeterRegistry METERS = new SimpleMeterRegistry();
  private static final ObservationRegistry TRACES = ObservationRegistry.create();
  private static final Consumer<String> READER = new StringBuilder()::append;
  private static final SshKeyPair KEY =
      SshKeyPair.of(Ed25519PrivateKey.generate(new SecureRandom()));

  /**
   * A client or server with all its setters.
   *
   * @param fresh with defaults
   * @param settings reads them back
   */
  private record Facade<F>(
      F fresh, Function<F, Object> settings, Map<String, UnaryOperator<F>> setters) {
    @Override
    public String toString() {
      return fresh.getClass().getSimpleName();
    }
  }

  static Stream<Arguments> facades() {
    return Stream.of(ftpClient(), ftpServer(), sftpClient(), sftpServer(), sshClient(), sshServer())
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("facades")
  <F> void aSetterChangesTheSettings(Facade<F> facade) {
    Object before = facade.settings().apply(facade.fresh());
    facade
        .setters()
        .forEach(
            (name, setter) ->
                assertThat(facade.settings().apply(setter.apply(facade.fresh())))
                    .as(name)
                    .isNotEqualTo(before));
  }

  @ParameterizedTest
  @MethodSource("facades")
  <F> void noSetterOverridesAnotherWhateverTheOrder(Facade<F> facade) {
    Set<String> adding = Set.of("observer", "metrics", "observations", "trace");
    facade
        .setters()
        .forEach(
            (name, setter) ->
                facade
                    .setters()
                    .forEach(
                        (other, second) -> {
                          if (adding.contains(name) || adding.contains(other)) {
                            return; // each adds to what is there: a value of its own every time
                          }
                          assertThat(
                                  facade
                                      .settings()
                                      .apply(second.apply(setter.apply(facade.fresh()))))
                              .as(name + ", then " + other)
                              .isEqualTo(
                                  facade
                                      .settings()
                                      .apply(setter.apply(second.apply(facade.fresh()))));
                        }));
  }

  @ParameterizedTest
  @MethodSource("facades")
  void noSetterIsLeftOut(Facade<?> facade) {
    Class<?> type = facade.fresh().getClass();
    Set<String> public_ =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .filter(method -> method.getReturnType() == type)
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(facade.setters().keySet()).isEqualTo(public_);
  }

  private static Transport proxied(Transport before) {
    return before.proxy(Proxy.socks5("127.0.0.1", 1080));
  }

  private static Facade<FtpClient> ftpClient() {
    Map<String, UnaryOperator<FtpClient>> setters = new TreeMap<>();
    setters.put("port", it -> it.port(2121));
    setters.put("credentials", it -> it.credentials(ANN));
    setters.put("security", it -> it.security(FtpSecurity.explicit(TlsClientOptions.DEFAULT)));
    setters.put("timeouts", it -> it.timeouts(t -> t.withReply(SECOND)));
    setters.put("limits", it -> it.limits(l -> l.withReplyLines(7)));
    setters.put("dialogue", it -> it.dialogue(d -> d.withTryUnlisted(false)));
    setters.put("data", it -> it.data(d -> d.withMode(DataMode.active())));
    setters.put("listing", it -> it.listing(l -> l.withUnparsed(UnparsedLines.IGNORE)));
    setters.put("uploads", it -> it.uploads(u -> u.withTemporaryName(OTHER_NAME)));
    setters.put("transport", it -> it.transport(SettersTest::proxied));
    setters.put("observer", it -> it.observer(OBSERVER));
    setters.put("metrics", it -> it.metrics(METERS));
    setters.put("observations", it -> it.observations(TRACES));
    setters.put("trace", it -> it.trace(READER));
    return new Facade<>(FtpClient.create("files.example"), FtpClient::settings, setters);
  }

  private static final Credentials ANN = Credentials.of("ann", "secret");
  private static final TemporaryName OTHER_NAME = new TemporaryName("{name}.part");

  private static Facade<FtpServer> ftpServer() {
    Map<String, UnaryOperator<FtpServer>> setters = new TreeMap<>();
    FtpServerTls tls = FtpServerTls.explicit(TlsServerOptions.of(new TestCertificates().local()));
    MemoryStorage files = MemoryStorage.create();
    StaticUsers users = StaticUsers.of("ann", "secret");
    setters.put("host", it -> it.host("127.0.0.1"));
    setters.put("port", it -> it.port(2121));
    setters.put("storage", it -> it.storage(files));
    setters.put("users", it -> it.users(users));
    setters.put("tls", it -> it.tls(tls));
    setters.put("timeouts", it -> it.timeouts(t -> t.withIdle(SECOND)));
    setters.put("limits", it -> it.limits(l -> l.withBadLines(7)));
    setters.put("sessions", it -> it.sessions(s -> s.withTotal(7)));
    setters.put("login", it -> it.login(l -> l.withAttempts(7)));
    setters.put("data", it -> it.data(d -> d.withForeignAddresses(true)));
    setters.put("dialogue", it -> it.dialogue(d -> d.withGreeting("hello")));
    setters.put("transport", it -> it.transport(SettersTest::proxied));
    setters.put("observer", it -> it.observer(OBSERVER));
    setters.put("metrics", it -> it.metrics(METERS));
    setters.put("observations", it -> it.observations(TRACES));
    setters.put("trace", it -> it.trace(READER));
    return new Facade<>(FtpServer.create(), FtpServer::settings, setters);
  }

  private static Facade<SftpClient> sftpClient() {
    Map<String, UnaryOperator<SftpClient>> setters = new TreeMap<>();
    Credential password = Credential.password("secret");
    HostKeyPolicy pinned = HostKeyPolicy.pinned(KEY.publicKey().fingerprint());
    setters.put("ssh", it -> it.ssh(ssh -> ssh.software("test")));
    setters.put("port", it -> it.port(2222));
    setters.put("user", it -> it.user("ann"));
    setters.put("credential", it -> it.credential(password));
    setters.put("hostKeys", it -> it.hostKeys(pinned));
    setters.put("transport", it -> it.transport(SettersTest::proxied));
    setters.put("versions", it -> it.versions(v -> SftpVersions.only(SftpVersion.V6)));
    setters.put("requestTime", it -> it.requestTime(SECOND));
    setters.put("flow", it -> it.flow(f -> f.withChunk(4096)));
    setters.put("uploads", it -> it.uploads(u -> u.withSynced(true)));
    setters.put("symlinks", it -> it.symlinks(SymlinkOrder.LINK_FIRST));
    setters.put("observer", it -> it.observer(OBSERVER));
    setters.put("metrics", it -> it.metrics(METERS));
    setters.put("observations", it -> it.observations(TRACES));
    setters.put("trace", it -> it.trace(READER));
    return new Facade<>(
        SftpClient.create("files.example"),
        it -> List.of(it.settings().withSsh(NO_SSH), it.settings().ssh().settings()),
        setters);
  }

  /** Stands for a client of SSH whose settings are compared by themselves. */
  private static final SshClient NO_SSH = SshClient.create("none.example");

  private static final SshServer NO_SSH_SERVER = SshServer.create();

  private static Facade<SftpServer> sftpServer() {
    Map<String, UnaryOperator<SftpServer>> setters = new TreeMap<>();
    MemoryStorage files = MemoryStorage.create();
    StaticUsers users = StaticUsers.of("ann", "secret");
    HostKeyDirectory keys = new HostKeyDirectory(Path.of("keys"), true);
    setters.put("ssh", it -> it.ssh(ssh -> ssh.software("test")));
    setters.put("host", it -> it.host("127.0.0.1"));
    setters.put("port", it -> it.port(2222));
    setters.put("storage", it -> it.storage(files));
    setters.put("users", it -> it.users(users));
    setters.put("hostKeys", it -> it.hostKeys(keys));
    setters.put("hostKey", it -> it.hostKey(KEY));
    setters.put("sessions", it -> it.sessions(s -> s.withTotal(7)));
    setters.put("login", it -> it.login(l -> l.withAttempts(7)));
    setters.put("transport", it -> it.transport(SettersTest::proxied));
    setters.put("limits", it -> it.limits(l -> l.withHandles(7)));
    setters.put("highestVersion", it -> it.highestVersion(SftpVersion.V3));
    setters.put("uploads", it -> it.uploads(u -> u.withUmask(077)));
    setters.put("symlinks", it -> it.symlinks(SymlinkArguments.LINK_FIRST));
    setters.put("observer", it -> it.observer(OBSERVER));
    setters.put("metrics", it -> it.metrics(METERS));
    setters.put("observations", it -> it.observations(TRACES));
    setters.put("trace", it -> it.trace(READER));
    return new Facade<>(
        SftpServer.create(),
        it -> List.of(it.settings().withSsh(NO_SSH_SERVER), it.settings().ssh().settings()),
        setters);
  }

  private static Facade<SshClient> sshClient() {
    Map<String, UnaryOperator<SshClient>> setters = new TreeMap<>();
    Credential password = Credential.password("secret");
    HostKeyPolicy pinned = HostKeyPolicy.pinned(KEY.publicKey().fingerprint());
    setters.put("port", it -> it.port(2222));
    setters.put("user", it -> it.user("ann"));
    setters.put("credential", it -> it.credential(password));
    setters.put("hostKeys", it -> it.hostKeys(pinned));
    setters.put("through", it -> it.through(NO_SSH));
    setters.put("security", it -> it.security(s -> s.withStrictOnly(true)));
    setters.put("timeouts", it -> it.timeouts(t -> t.withConnect(SECOND)));
    setters.put("limits", it -> it.limits(l -> l.withChannels(7)));
    setters.put("windows", it -> it.windows(w -> w.withInitial(4096)));
    setters.put("keepalive", it -> it.keepalive(k -> k.withUnanswered(7)));
    setters.put("software", it -> it.software("test"));
    setters.put("transport", it -> it.transport(SettersTest::proxied));
    setters.put("warnings", it -> it.warnings(READER));
    setters.put("trace", it -> it.trace(READER));
    return new Facade<>(SshClient.create("files.example"), SshClient::settings, setters);
  }

  private static Facade<SshServer> sshServer() {
    Map<String, UnaryOperator<SshServer>> setters = new TreeMap<>();
    StaticUsers users = StaticUsers.of("ann", "secret");
    setters.put("host", it -> it.host("127.0.0.1"));
    setters.put("port", it -> it.port(2222));
    setters.put("hostKey", it -> it.hostKey(KEY));
    setters.put("users", it -> it.users(users));
    setters.put("authentication", it -> it.authentication(a -> a.withBanner("hello")));
    setters.put("subsystem", it -> it.subsystem("echo", SERVICE));
    setters.put("exec", it -> it.exec(SERVICE));
    setters.put("services", it -> it.services(s -> s.withEnvironment(Set.of("LANG"))));
    setters.put("security", it -> it.security(s -> s.withStrictOnly(true)));
    setters.put("timeouts", it -> it.timeouts(t -> t.withLogin(SECOND)));
    setters.put("limits", it -> it.limits(l -> l.withChannels(7)));
    setters.put("windows", it -> it.windows(w -> w.withInitial(4096)));
    setters.put("keepalive", it -> it.keepalive(k -> k.withUnanswered(7)));
    setters.put("sessions", it -> it.sessions(s -> s.withTotal(7)));
    setters.put("login", it -> it.login(l -> l.withAttempts(7)));
    setters.put("software", it -> it.software("test"));
    setters.put("transport", it -> it.transport(SettersTest::proxied));
    setters.put("observer", it -> it.observer(OBSERVER));
    setters.put("metrics", it -> it.metrics(METERS));
    setters.put("observations", it -> it.observations(TRACES));
    setters.put("trace", it -> it.trace(READER));
    return new Facade<>(SshServer.create(), SshServer::settings, setters);
  }

  private static final SshService SERVICE = call -> call.send(call.input()).thenReturn(0);
}
