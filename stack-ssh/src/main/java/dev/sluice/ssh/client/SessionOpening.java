package dev.sluice.ssh.client;

import dev.sluice.api.error.TimedOut;
import dev.sluice.api.storage.local.IoScheduler;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshOptions;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.auth.ClientMethod;
import dev.sluice.ssh.auth.Signer;
import dev.sluice.ssh.channel.ChannelPolicy;
import dev.sluice.ssh.channel.WindowBudget;
import dev.sluice.ssh.core.Role;
import dev.sluice.ssh.core.Services;
import dev.sluice.ssh.core.SshCore;
import dev.sluice.ssh.core.TransportSettings;
import dev.sluice.ssh.io.SshLink;
import dev.sluice.ssh.io.SshSockets;
import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.packet.Identification;
import io.netty.buffer.ByteBufAllocator;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Connects, logs in, and makes a session of it; whatever fails closes the connection.
 *
 * @param hostKeys which host keys are trusted
 * @param jump opens the session that the connection goes through; null = none
 */
public record SessionOpening(
    String host,
    int port,
    String user,
    List<Credential> credentials,
    HostKeyPolicy hostKeys,
    SshOptions options,
    @Nullable SessionOpening jump) {
  private static final SecureRandom RANDOM = new SecureRandom();

  public Mono<SshSession> open() {
    return session().cast(SshSession.class);
  }

  private Mono<ClientSession> session() {
    return Mono.zip(hostKeys.knownTypes(host, port), hostKeys.recorded(host, port), methods())
        .flatMap(known -> open(known.getT1(), known.getT2(), known.getT3()));
  }

  private Mono<ClientSession> open(
      Set<String> knownTypes, Set<SshPublicKey> recorded, List<ClientMethod> methods) {
    return Mono.defer(
        () -> {
          Handshake handshake = new Handshake(this);
          return Mono.usingWhen(
              connect(handshake, () -> core(knownTypes, recorded, methods)),
              link -> handshake.session(),
              link -> Mono.empty(),
              (link, cause) -> link.disconnect("the login has failed"),
              link -> link.disconnect("the login was cancelled"));
        });
  }

  private Mono<SshLink> connect(Handshake handshake, Supplier<SshCore> cores) {
    if (jump == null) {
      return SshSockets.connect(host, port, options.connectTime(), cores, handshake::listener);
    }
    return Mono.usingWhen(
        jump.session(),
        through -> connect(through.link(), handshake, cores),
        through -> Mono.empty(), // it ends with the connection
        (through, cause) -> through.close(),
        ClientSession::close);
  }

  private Mono<SshLink> connect(SshLink through, Handshake handshake, Supplier<SshCore> cores) {
    return SshSockets.connectThrough(through, host, port, cores, handshake::listener)
        .timeout(
            options.connectTime(),
            Mono.error(() -> new TimedOut("connection to " + host, options.connectTime())),
            through.scheduler());
  }

  private SshCore core(
      Set<String> knownTypes, Set<SshPublicKey> recorded, List<ClientMethod> methods) {
    TransportSettings settings =
        new TransportSettings(
            Role.CLIENT,
            Identification.of(options.software()),
            options.algorithms().withHostKeys(knownFirst(knownTypes)),
            List.of(),
            options.minRsaBits(),
            options.strictOnly(),
            options.rekey(),
            options.limits(),
            announced -> worthAProof(announced, recorded),
            RANDOM);
    ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
    Services services =
        new Services.Client(
            user,
            methods,
            ChannelPolicy.client(options.channels(), WindowBudget.process(), allocator),
            options.windows(),
            options.keepalive());
    return new SshCore(settings, services, allocator);
  }

  /** A server is asked for the keys that are on record before others that would look changed. */
  private List<SignatureAlgorithm> knownFirst(Set<String> types) {
    return options.algorithms().hostKeys().stream()
        .sorted(Comparator.comparing(algorithm -> !types.contains(algorithm.keyType())))
        .toList();
  }

  private List<SshPublicKey> worthAProof(List<SshPublicKey> keys, Set<SshPublicKey> recorded) {
    return hostKeys.learns()
        ? keys.stream().filter(key -> !recorded.contains(key)).toList()
        : List.of();
  }

  private Mono<List<ClientMethod>> methods() {
    return Flux.fromIterable(credentials).concatMap(this::methods).collectList();
  }

  private Flux<ClientMethod> methods(Credential credential) {
    if (credential instanceof Credential.Password password) {
      return Flux.just(new ClientMethod.WithPassword(password.password()));
    }
    if (credential instanceof Credential.Key key) {
      return Flux.just(method(key.signer()));
    }
    if (credential instanceof Credential.Agent agent) {
      AgentSocket socket = new AgentSocket(agent.socket(), agent.timeout());
      return Mono.fromSupplier(socket::signers)
          .subscribeOn(IoScheduler.shared())
          .onErrorComplete() // without an agent the other credentials have their turn
          .flatMapIterable(signers -> signers)
          .map(this::method);
    }
    return Flux.just(new ClientMethod.WithAnswers());
  }

  private ClientMethod method(Signer signer) {
    List<SignatureAlgorithm> fitting =
        options.algorithms().publicKeys().stream()
            .filter(algorithm -> algorithm.fits(signer.publicKey()))
            .toList();
    return new ClientMethod.WithKey(signer, fitting);
  }
}
