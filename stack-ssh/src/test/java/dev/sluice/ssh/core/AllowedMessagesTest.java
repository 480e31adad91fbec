package dev.sluice.ssh.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ssh.auth.ClientMethod;
import dev.sluice.ssh.message.TransportMessage;
import dev.sluice.test.Conforms;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sends each of the 256 message numbers, with nothing behind it, in each phase of both roles. A
 * message that a phase handles fails by its missing fields or does nothing; all others must end the
 * connection or be answered by UNIMPLEMENTED, and change nothing.
 */
final class AllowedMessagesTest {
  private static final String NOT_NOW = ".*(in state|before NEWKEYS|before the login|message 0).*";

  static Stream<Arguments> phases() {
    return Stream.of(
        Arguments.of("server awaits KEXINIT", server(RawPeer::identify), numbers(1, 2, 3, 4, 20)),
        Arguments.of(
            "server in a strict first exchange",
            server(peer -> peer.identify().send(peer.kexInit())),
            numbers(1, 30)),
        Arguments.of(
            "server awaits the service request",
            server(RawPeer::handshake),
            numbers(1, 2, 3, 4, 5, 7, 20, 193)),
        Arguments.of(
            "server awaits a login",
            server(
                peer -> peer.handshake().send(new TransportMessage.ServiceRequest("ssh-userauth"))),
            numbers(1, 2, 3, 4, 5, 7, 20, 50, 193)),
        Arguments.of(
            "server after the login",
            server(peer -> peer.handshake().logIn()),
            numbers(
                1, 2, 3, 4, 7, 20, 50, 80, 81, 82, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 192,
                193)),
        Arguments.of(
            "client awaits the service",
            client(RawPeer::handshake),
            numbers(1, 2, 3, 4, 6, 7, 20, 193)),
        Arguments.of(
            "client awaits the methods",
            client(
                peer -> peer.handshake().send(new TransportMessage.ServiceAccept("ssh-userauth"))),
            numbers(1, 2, 3, 4, 7, 20, 51, 52, 53, 193)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("phases")
  @Conforms({"SSH-151", "SSH-125", "SSH-024", "SSH-086"})
  void onlyTheMessagesOfAPhaseAreHandled(
      String phase, Stream<RawPeer> peers, Set<Integer> allowed) {
    TreeSet<Integer> handled = new TreeSet<>();
    int number = 0;
    for (RawPeer peer : (Iterable<RawPeer>) peers.limit(256)::iterator) {
      peer.heard();
      peer.payload((byte) number);
      boolean unimplemented = peer.heard().contains(TransportMessage.Unimplemented.NUMBER);
      boolean refused =
          peer.failure != null && String.valueOf(peer.failure.getMessage()).matches(NOT_NOW);
      if (!unimplemented && !refused) {
        handled.add(number);
      }
      peer.close();
      number++;
    }

    assertThat(handled).as(phase).isEqualTo(allowed);
  }

  private static Stream<RawPeer> server(UnaryOperator<RawPeer> upTo) {
    return Stream.generate(() -> upTo.apply(RawPeer.client()));
  }

  private static Stream<RawPeer> client(UnaryOperator<RawPeer> upTo) {
    return Stream.generate(
        () -> upTo.apply(RawPeer.server(Cores.clientCore(new ClientMethod.WithPassword("x")))));
  }

  private static Set<Integer> numbers(Integer... more) {
    return new TreeSet<>(Set.of(more));
  }
}
