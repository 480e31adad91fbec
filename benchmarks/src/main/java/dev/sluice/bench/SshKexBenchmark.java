package dev.sluice.bench;

import dev.sluice.ssh.kex.KexAlgorithm;
import dev.sluice.ssh.kex.KexAlgorithms;
import dev.sluice.ssh.kex.KexContext;
import dev.sluice.ssh.kex.KexResult;
import dev.sluice.ssh.kex.KexStep;
import dev.sluice.ssh.key.Ed25519PrivateKey;
import dev.sluice.ssh.key.SignatureAlgorithms;
import dev.sluice.ssh.key.SshKeyPair;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A whole key exchange, both sides one after the other, with an Ed25519 host key. */
@SuppressWarnings("NullAway.Init") // JMH sets the fields
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class SshKexBenchmark {

  @Param({
    "mlkem768x25519-sha256",
    "sntrup761x25519-sha512",
    "curve25519-sha256",
    "ecdh-sha2-nistp256",
    "ecdh-sha2-nistp521",
    "diffie-hellman-group14-sha256",
    "diffie-hellman-group16-sha512"
  })
  public String method;

  private final SecureRandom random = new SecureRandom();
  private KexAlgorithm algorithm;
  private KexContext context;
  private SshKeyPair hostKey;

  @Setup
  public void start() {
    algorithm =
        KexAlgorithms.CLIENT.stream()
            .filter(it -> it.name().equals(method))
            .findFirst()
            .orElseThrow();
    context =
        new KexContext(
            new byte[16],
            new byte[16],
            new byte[512],
            new byte[512],
            SignatureAlgorithms.ED25519,
            2048);
    hostKey = SshKeyPair.of(Ed25519PrivateKey.generate(random));
  }

  @Benchmark
  public KexResult exchange() {
    KexStep.Send init = (KexStep.Send) worked(algorithm.client(context, random));
    KexStep.Await server = (KexStep.Await) algorithm.server(context, hostKey, random);
    KexStep.Send reply = (KexStep.Send) worked(server.receive(fields(init)));
    KexStep.Await client = (KexStep.Await) init.next();
    return ((KexStep.Done) worked(client.receive(fields(reply)))).result();
  }

  private static ByteBuf fields(KexStep.Send message) {
    return Unpooled.wrappedBuffer(message.payload()).skipBytes(1);
  }

  private static KexStep worked(KexStep step) {
    KexStep next = step;
    while (next instanceof KexStep.Work work) {
      next = work.run();
    }
    return next;
  }
}
