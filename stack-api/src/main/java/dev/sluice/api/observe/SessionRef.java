package dev.sluice.api.observe;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The session of an event, as far as it is known by then.
 *
 * @param id distinguishes the sessions of one process, over all protocols
 * @param role which side this process is
 * @param protocol {@code ftp}, {@code ftps}, {@code sftp} or {@code ssh}; {@code ftp} becomes
 *     {@code ftps} with AUTH TLS
 * @param peer the other side; without an address if a client has only the name
 * @param user null = nobody has logged in yet; control characters are escaped
 */
public record SessionRef(
    long id, Role role, String protocol, InetSocketAddress peer, @Nullable String user) {
  private static final AtomicLong LAST = new AtomicLong();

  /** The side of a session. */
  public enum Role {
    CLIENT,
    SERVER
  }

  /** The session for which a server opens a storage, or asks an authenticator. */
  public static Optional<SessionRef> of(ContextView context) {
    return context.getOrEmpty(SessionRef.class);
  }

  /** Puts it where {@link #of(ContextView)} finds it. */
  public Context inContext() {
    return Context.of(SessionRef.class, this);
  }

  /** A new session. */
  public static SessionRef of(Role role, String protocol, InetSocketAddress peer) {
    return new SessionRef(LAST.incrementAndGet(), role, protocol, peer, null);
  }

  public SessionRef withProtocol(String name) {
    return new SessionRef(id, role, name, peer, user);
  }

  public SessionRef withPeer(InetSocketAddress address) {
    return new SessionRef(id, role, protocol, address, user);
  }

  public SessionRef withUser(@Nullable String name) {
    return new SessionRef(id, role, protocol, peer, name);
  }
}
