package dev.sluice.docs.examples;

import dev.sluice.api.BoundServer;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.ExitStatus;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.SshCall;
import dev.sluice.ssh.SshChannel;
import dev.sluice.ssh.SshSession;
import dev.sluice.ssh.client.SshClient;
import dev.sluice.ssh.key.SshKeyPair;
import dev.sluice.ssh.server.SshServer;
import dev.sluice.transport.door.StaticUsers;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Mono;

/** Commands over SSH, from both sides. A server runs what it was given and never a shell. */
public final class ExecExample {
  private ExecExample() {}

  /** Answers each command with its own text. */
  public static Mono<BoundServer> serve(SshKeyPair hostKey) {
    return SshServer.create()
        .host("127.0.0.1")
        .port(0)
        .hostKey(hostKey)
        .users(StaticUsers.of("ann", "secret"))
        .exec(ExecExample::answer)
        .bind();
  }

  /** What a command prints, when it ends well. */
  public static Mono<String> run(int port, String fingerprint, String command) {
    SshClient client =
        SshClient.create("127.0.0.1")
            .port(port)
            .user("ann")
            .credential(Credential.password("secret"))
            .hostKeys(HostKeyPolicy.pinned(fingerprint));
    return Mono.usingWhen(
        client.connect(),
        session -> session.exec(command).flatMap(ExecExample::output),
        SshSession::close);
  }

  private static Mono<Integer> answer(SshCall call) {
    byte[] text = ("you said " + call.command()).getBytes(StandardCharsets.UTF_8);
    return call.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(text))).thenReturn(0);
  }

  private static Mono<String> output(SshChannel channel) {
    Mono<String> text =
        channel
            .input()
            .map(
                octets -> {
                  String part = octets.toString(StandardCharsets.UTF_8);
                  ReferenceCountUtil.release(octets);
                  return part;
                })
            .reduce("", String::concat);
    return text.flatMap(said -> channel.exit().filter(ExitStatus::isSuccess).thenReturn(said));
  }
}
