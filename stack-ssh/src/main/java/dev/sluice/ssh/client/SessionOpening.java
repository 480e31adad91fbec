package dev.sluice.ssh.client;

import dev.sluice.api.TimedOut;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.HostKeyRefused;
import dev.sluice.ssh.SshClientSettings;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.SshTimeouts;
import dev.sluice.ssh.auth.ClientMethod;
import dev.sluice.ssh.channel.ChannelPolicy;
import dev.sluice.ssh.channel.WindowBudget;
import dev.sluice.ssh.core.Role;
import dev.sluice.ssh.core.Services;
import dev.sluice.ssh.core.SshCore;
import dev.sluice.ssh.core.TransportLimits;
import dev.sluice.ssh.core.TransportSettings;
import dev.sluice.ssh.io.SshLink;
import dev.sluice.ssh.io.SshSockets;
import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.key.Signer;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.packet.Identification;
import dev.sluice.ssh.wire.SshViolation;
import dev.sluice.transport.io.LoopEnd;
import io.netty.buffer.ByteBufAllocator;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Connects, logs in, and makes a session; any failure closes the connection.
 *
 * @param hostKeys which host keys are trusted
 * @param jump opens the session that the connection goes through; null = none
 */
record SessionOpening(
    SshClientSettings options, HostKeyPolicy hostKeys, @Nullable SessionOpening jump) {
  private static final SecureRandom RANDOM = new SecureRandom();

  public Mono<SshSession> open() {
    return session().cast(SshSession.class);
  }

  private Mono<ClientSession> session() {
    return LoopEnd.before(
        options.transport(),
        Mono.zip(hostKeys.onRecord(options.host(), options.port()), methods())
            .doOnNext(known -> known.getT1().warnings().forEach(options.warnings()))
            .flatMap(known -> open(known.getT1(), known.getT2())));
  }

  private Mono<ClientSession> open(HostKeyPolicy.OnRecord known, List<ClientMethod> methods) {
    return open(known, methods, knownFirst(known.types()));
  }

  /** A host whose key is not pinned is asked for keys of other types before that is an error. */
  private Mono<ClientSession> open(
      HostKeyPolicy.OnRecord known,
      List<ClientMethod> methods,
      List<SignatureAlgorithm> hostKeyAlgorithms) {
    return Mono.defer(
        () -> {
          Handshake handshake = new Handshake(this);
          Mono<ClientSession> session =
              Mono.usingWhen(
                  connect(handshake, () -> core(known, methods, hostKeyAlgorithms)),
                  link -> handshake.session(),
                  link -> Mono.empty(),
                  (link, cause) -> link.disconnect("the login has failed"),
                  link -> link.disconnect("the login was cancelled"));
          return hostKeys.mayTrustAnother()
              ? session.onErrorResume(
                  HostKeyRefused.class,
                  refused -> another(known, methods, handshake.others(hostKeyAlgorithms), refused))
              : session;
        });
  }

  private Mono<ClientSession> another(
      HostKeyPolicy.OnRecord known,
      List<ClientMethod> methods,
      List<SignatureAlgorithm> others,
      HostKeyRefused refused) {
    return others.isEmpty()
        ? Mono.error(refused)
        : open(known, methods, others)
            .onErrorMap(SshViolation.class, hasNoOther -> refused)
            .onErrorMap(HostKeyRefused.class, last -> refused);
  }

  private Mono<SshLink> connect(Handshake handshake, Supplier<SshCore> cores) {
    if (jump == null) {
      return SshSockets.connect(
          options.transport(),
          options.host(),
          options.port(),
          options.timeouts().connect(),
          cores,
          handshake::listener);
    }
    return Mono.usingWhen(
        jump.session(),
        through -> connect(through.link(), handshake, cores),
        through -> Mono.empty(), // it ends with the connection
        (through, cause) -> through.close(),
        ClientSession::close);
  }

  private Mono<SshLink> connect(SshLink through, Handshake handshake, Supplier<SshCore> cores) {
    return SshSockets.connectThrough(
            through, options.host(), options.port(), cores, handshake::listener)
        .timeout(
            options.timeouts().connect(),
            Mono.error(
                () ->
                    new TimedOut("connection to " + options.host(), options.timeouts().connect())),
            through.scheduler());
  }

  private SshCore core(
      HostKeyPolicy.OnRecord known,
      List<ClientMethod> methods,
      List<SignatureAlgorithm> hostKeyAlgorithms) {
    SshTimeouts timeouts = options.timeouts();
    TransportSettings settings =
        new TransportSettings(
            Role.CLIENT,
            Identification.of(options.software()),
            options.security().algorithms().withHostKeys(hostKeyAlgorithms),
            List.of(),
            options.security().minRsaBits(),
            options.security().strictOnly(),
            options.security().rekey(),
            TransportLimits.of(
                options.limits(), timeouts.handshake(), timeouts.exchange(), timeouts.login()),
            announced -> worthAProof(announced, known.keys()),
            RANDOM,
            options.trace());
    ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
    Services services =
        new Services.Client(
            options.user(),
            methods,
            ChannelPolicy.client(options.limits().channels(), WindowBudget.process(), allocator),
            options.windows(),
            options.keepalive());
    return new SshCore(settings, services, allocator);
  }

  /** A server is first asked for the types of key on record: another type would look changed. */
  private List<SignatureAlgorithm> knownFirst(Set<String> types) {
    return options.security().algorithms().hostKeys().stream()
        .sorted(Comparator.comparing(algorithm -> !types.contains(algorithm.keyType())))
        .toList();
  }

  private List<SshPublicKey> worthAProof(List<SshPublicKey> keys, Set<SshPublicKey> recorded) {
    return hostKeys.learns()
        ? keys.stream().filter(key -> !recorded.contains(key)).toList()
        : List.of();
  }

  private Mono<List<ClientMethod>> methods() {
    return Flux.fromIterable(options.credentials()).concatMap(this::methods).collectList();
  }

  private Flux<ClientMethod> methods(Credential credential) {
    if (credential instanceof Credential.Password password) {
      return Flux.just(new ClientMethod.WithPassword(password.password()));
    }
    if (credential instanceof Credential.Key key) {
      return Flux.just(method(key.signer()));
    }
    if (credential instanceof Credential.KeyFile file) {
      Mono<List<SshKeyPair>> pairs =
          Mono.fromSupplier(() -> KeyFiles.read(file)).subscribeOn(options.transport().scheduler());
      return (file.optional() ? pairs.onErrorResume(why -> leftOut(file, why)) : pairs)
          .flatMapIterable(all -> all)
          .map(pair -> method(Signer.of(pair)));
    }
    if (credential instanceof Credential.Agent agent) {
      AgentSocket socket = new AgentSocket(agent.socket(), agent.timeout());
      return Mono.fromSupplier(socket::signers)
          .subscribeOn(options.transport().scheduler())
          .onErrorComplete() // without an agent, the other credentials are tried
          .flatMapIterable(signers -> signers)
          .map(this::method);
    }
    return Flux.just(new ClientMethod.WithAnswers());
  }

  private ClientMethod method(Signer signer) {
    List<SignatureAlgorithm> fitting =
        options.security().algorithms().publicKeys().stream()
            .filter(algorithm -> algorithm.fits(signer.publicKey()))
            .toList();
    return new ClientMethod.WithKey(signer, fitting);
  }

  /** A default key that does not exist is not reported; one that cannot be used is. */
  private Mono<List<SshKeyPair>> leftOut(Credential.KeyFile file, Throwable why) {
    if (!(why.getCause() instanceof NoSuchFileException)) {
      options.warnings().accept(file.file() + " is left out: " + why.getMessage());
    }
    return Mono.empty();
  }
}
