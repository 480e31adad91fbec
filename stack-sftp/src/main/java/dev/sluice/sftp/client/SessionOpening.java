package dev.sluice.sftp.client;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.FileFailure;
import dev.sluice.api.RemotePath;
import dev.sluice.api.TransferException;
import dev.sluice.sftp.SftpClientSettings;
import dev.sluice.sftp.SftpSession;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.Dialect;
import dev.sluice.sftp.message.DraftExtension;
import dev.sluice.sftp.message.ExtensionReply.ServerLimits;
import dev.sluice.sftp.message.OpenSshExtension;
import dev.sluice.sftp.message.PacketFramer;
import dev.sluice.sftp.message.Version;
import dev.sluice.ssh.SshChannel;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.client.SshClient;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.transport.io.LoopEnd;
import java.net.InetSocketAddress;
import reactor.core.publisher.Mono;

/** From a connection to a session: the subsystem, INIT and VERSION, the server's limits. */
final class SessionOpening {
  /** What every server takes (draft-ietf-secsh-filexfer-02 section 3). */
  private static final int CHUNK_OF_ALL = 32 * 1024;

  private static final ServerLimits UNKNOWN = new ServerLimits(0, 0, 0, 0);

  private final SftpLink link;
  private final SftpClientSettings options;
  private final Quirks quirks;

  private SessionOpening(SftpLink link, SftpClientSettings options, Quirks quirks) {
    this.link = link;
    this.options = options;
    this.quirks = quirks;
  }

  /** Logs in and begins SFTP. */
  public static Mono<SftpSession> open(SftpClientSettings options) {
    SshClient client = options.ssh();
    return Mono.defer(
        () -> {
          InetSocketAddress peer =
              InetSocketAddress.createUnresolved(
                  client.settings().host(), client.settings().port());
          Observation observation =
              new Observation(options.observer(), peer, client.settings().user());
          return observation.over(
              LoopEnd.before(client.settings().transport(), open(client, options, observation)));
        });
  }

  private static Mono<SftpSession> open(
      SshClient client, SftpClientSettings options, Observation observation) {
    return Mono.usingWhen(
        connect(client, observation).map(Attempt::new),
        attempt ->
            attempt
                .ssh
                .subsystem("sftp")
                .flatMap(channel -> begin(attempt.ssh, channel, peer(client), options, observation))
                .doOnNext(session -> attempt.succeeded = true),
        Attempt::over,
        (attempt, failure) -> attempt.over(),
        Attempt::over);
  }

  private static String peer(SshClient client) {
    return client.settings().host() + ":" + client.settings().port();
  }

  private static Mono<SshSession> connect(SshClient client, Observation observation) {
    return client
        .connect()
        .doOnError(AuthenticationFailed.class, observation::refused)
        .doOnNext(
            ssh -> {
              observation.opened(ssh.info().algorithms());
              ssh.onClosed()
                  .subscribe(never -> {}, observation::closed, () -> observation.closed(null));
            });
  }

  /** A connection that is closed unless it became a session. */
  private static final class Attempt {
    private final SshSession ssh;
    private volatile boolean succeeded;

    Attempt(SshSession ssh) {
      this.ssh = ssh;
    }

    Mono<Void> over() {
      return succeeded ? Mono.empty() : ssh.close();
    }
  }

  /** Begins SFTP on a channel where the subsystem was started. */
  static Mono<SftpSession> begin(
      SshSession ssh,
      SshChannel channel,
      String peer,
      SftpClientSettings options,
      Observation observation) {
    SftpLink link =
        new SftpLink(channel, PacketFramer.DEFAULT_MAX_PACKET, options.requestTime(), observation);
    SessionOpening opening = new SessionOpening(link, options, Quirks.of(ssh.info().server()));
    return link.greet(options.versions().offered(), options.requestTime())
        .flatMap(opening::agree)
        .flatMap(
            offer ->
                opening
                    .limits(offer)
                    .map(limits -> new ClientSession(ssh, link, peer, offer, limits, options)))
        .cast(SftpSession.class);
  }

  private Mono<Offer> agree(Version version) {
    SftpVersion spoken =
        SftpVersion.of(version.version())
            .orElseThrow(
                () ->
                    SshViolation.protocol(
                        "the server speaks version " + version.version() + " of SFTP"));
    Offer offer = new Offer(spoken, version.extensions());
    return offer
        .better(options.versions().highest())
        .map(better -> select(offer, better))
        .orElseGet(
            () -> {
              link.speak(dialect(spoken));
              return Mono.just(offer);
            });
  }

  /** Its answer is a STATUS, which has the same layout in all versions. */
  private Mono<Offer> select(Offer offer, SftpVersion better) {
    link.speak(dialect(better));
    DraftExtension.VersionSelect select =
        new DraftExtension.VersionSelect(Integer.toString(better.number()));
    return new Requests(link)
        .extension(RemotePath.root(), select)
        .onErrorMap(
            FileFailure.class,
            e -> SshViolation.protocol("the server lists a version and refuses it: " + better))
        .thenReturn(offer.in(better));
  }

  private Dialect dialect(SftpVersion version) {
    return new Dialect(version, quirks.linkFirst(options.symlinks()));
  }

  private Mono<TransferLimits> limits(Offer offer) {
    Mono<ServerLimits> told =
        offer.has(OpenSshExtension.Limits.NAME)
            ? new Requests(link)
                .extension(RemotePath.root(), new OpenSshExtension.Limits(), ServerLimits::decode)
                .onErrorReturn(TransferException.class, UNKNOWN)
            : Mono.just(UNKNOWN);
    return told.map(
        server ->
            new TransferLimits(
                chunk(server.read() == 0 ? offer.maxRead() : server.read()),
                chunk(server.write()),
                options.flow().window(),
                options.flow().mostWindow()));
  }

  private int chunk(long limit) {
    return (int) Math.min(options.flow().chunk(), limit <= 0 ? CHUNK_OF_ALL : limit);
  }
}
