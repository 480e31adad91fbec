package dev.sluice.ssh.client;

import dev.sluice.api.TimedOut;
import dev.sluice.ssh.SshChannel;
import dev.sluice.ssh.SshConnectionInfo;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.core.SshCore;
import dev.sluice.ssh.io.ChannelLink;
import dev.sluice.ssh.io.SshLink;
import dev.sluice.ssh.message.RequestType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** A session on a link. */
final class ClientSession implements SshSession {
  private static final int MAX_PORT = 65_535;

  private final SshLink link;
  private final SshConnectionInfo info;
  private final Duration requestTime;

  ClientSession(SshLink link, SshConnectionInfo info, Duration requestTime) {
    this.link = link;
    this.info = info;
    this.requestTime = requestTime;
  }

  @Override
  public Mono<SshChannel> exec(String command) {
    return exec(command, Map.of());
  }

  @Override
  public Mono<SshChannel> exec(String command, Map<String, String> environment) {
    List<RequestType> requests = new ArrayList<>();
    environment.forEach((name, value) -> requests.add(new RequestType.Env(name, value)));
    requests.add(new RequestType.Exec(command));
    return open(requests);
  }

  @Override
  public Mono<SshChannel> subsystem(String name) {
    return open(List.of(new RequestType.Subsystem(name)));
  }

  @Override
  public Mono<SshChannel> forward(String host, int port) {
    if (host.isEmpty() || port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("host '" + host + "', port " + port);
    }
    return opened(link.forward(host, port));
  }

  @Override
  public SshConnectionInfo info() {
    return info;
  }

  @Override
  public Mono<Void> rekey() {
    return Mono.fromRunnable(() -> link.submit(SshCore::rekey));
  }

  @Override
  public Mono<Void> close() {
    return link.disconnect("");
  }

  @Override
  public Mono<Void> onClosed() {
    return link.onClosed();
  }

  /** The link that carries the session. */
  SshLink link() {
    return link;
  }

  private Mono<SshChannel> open(List<RequestType> requests) {
    return opened(link.open(requests));
  }

  private Mono<SshChannel> opened(Mono<ChannelLink> channel) {
    return channel
        .timeout(
            requestTime,
            Mono.error(() -> new TimedOut("a channel to be opened", requestTime)),
            link.scheduler())
        .cast(SshChannel.class);
  }
}
