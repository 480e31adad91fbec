package dev.sluice.ssh.core;

import dev.sluice.ssh.algorithm.CompressionAlgorithm;
import dev.sluice.ssh.auth.LoginContext;
import dev.sluice.ssh.auth.LoginEvent;
import dev.sluice.ssh.key.SignatureAlgorithm;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.message.SshMessage;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the parts of a core see of the others. */
final class Inside implements KeyExchange.Surroundings, LoginContext, HostKeyProofs.Surroundings {
  private final SshCore core;
  private @Nullable Agreement agreement;

  Inside(SshCore core) {
    this.core = core;
  }

  @Override
  public <T> void offload(Supplier<T> computation, Consumer<? super T> then) {
    core.suspend(new Work(computation, then));
  }

  @Override
  public void askTrust(SshPublicKey hostKey, Runnable then) {
    core.suspendForTrust(then);
    core.emit(new SshEvent.HostKeyShown(hostKey));
  }

  @Override
  public void sealing(Agreement agreed, boolean first) {
    boolean server = !core.transport().settings().role().isClient();
    if (first && server && core.transport().exchange().markers().extensions()) {
      core.transport()
          .out()
          .writer()
          .write(Extensions.ofServer(core.transport().settings().algorithms().publicKeys()));
    }
    if (!first) {
      compressOutput(agreed, core.isLoggedIn());
    }
  }

  @Override
  public void established(Agreement agreed, boolean first) {
    agreement = agreed;
    if (!first) {
      inflateInput(agreed, core.isLoggedIn());
    }
    core.emit(new SshEvent.KeysExchanged(agreed, first));
    core.established(first);
  }

  /** The login is over: compression that was delayed begins. */
  Layer connect() {
    compressOutput(agreed(), true);
    inflateInput(agreed(), true);
    return core.connect();
  }

  @Override
  public void send(SshMessage message) {
    core.transport().out().send(message);
  }

  @Override
  public void emit(LoginEvent event) {
    core.emit(new SshEvent.Login(event));
  }

  void emit(SshEvent event) {
    core.emit(event);
  }

  @Override
  public byte[] sessionId() {
    return core.transport().exchange().sessionId();
  }

  @Override
  public SshPublicKey hostKey() {
    return core.transport().exchange().hostKey();
  }

  @Override
  public @Nullable List<String> serverSignatureAlgorithms() {
    return core.transport().extensions().signatureAlgorithms();
  }

  @Override
  public boolean serverTakesHostBound() {
    return core.transport().extensions().hostBound();
  }

  @Override
  public long nowNanos() {
    return core.nowNanos();
  }

  void sampleRoundTrip(long sentNanos) {
    core.roundTrip().sample(sentNanos, core.nowNanos());
  }

  @Override
  public SignatureAlgorithm negotiated() {
    return agreed().hostKey();
  }

  @Override
  public List<SshPublicKey> unknown(List<SshPublicKey> keys) {
    return core.transport().settings().unknownHostKeys().apply(keys);
  }

  @Override
  public void proved(List<SshPublicKey> keys) {
    core.emit(new SshEvent.HostKeysProved(keys));
  }

  private void compressOutput(Agreement agreed, boolean loggedIn) {
    CompressionAlgorithm algorithm =
        agreed.outgoing(core.transport().settings().role()).compression();
    if (loggedIn || !algorithm.isDelayed()) {
      core.transport().out().writer().deflate(algorithm.isIdentity() ? null : algorithm.deflater());
    }
  }

  private void inflateInput(Agreement agreed, boolean loggedIn) {
    CompressionAlgorithm algorithm =
        agreed.incoming(core.transport().settings().role()).compression();
    if (loggedIn || !algorithm.isDelayed()) {
      int limit = core.transport().settings().limits().packetOctets();
      core.transport().reader().inflate(algorithm.isIdentity() ? null : algorithm.inflater(limit));
    }
  }

  private Agreement agreed() {
    if (agreement == null) {
      throw new IllegalStateException("nothing has been negotiated");
    }
    return agreement;
  }
}
