package dev.sluice.cli.config;

import dev.sluice.transport.Proxy;
import dev.sluice.transport.connect.ClientSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says of a server. Null = nothing.
 *
 * @param user who logs in
 * @param password never shown
 * @param keyFile a private key
 * @param knownHosts a file of host keys
 * @param trust a file of authorities (PEM)
 * @param proxy what connections go through
 * @param timeout the longest wait for a connection and for an answer
 */
public record HostSettings(
    @Nullable String user,
    @Nullable String password,
    @Nullable Path keyFile,
    @Nullable Path knownHosts,
    @Nullable Path trust,
    @Nullable Proxy proxy,
    @Nullable Duration timeout) {
  /** Says nothing. */
  public static final HostSettings NONE =
      new HostSettings(null, null, null, null, null, null, null);

  /** This, and {@code other} where this says nothing. */
  HostSettings or(HostSettings other) {
    return new HostSettings(
        user == null ? other.user : user,
        password == null ? other.password : password,
        keyFile == null ? other.keyFile : keyFile,
        knownHosts == null ? other.knownHosts : knownHosts,
        trust == null ? other.trust : trust,
        proxy == null ? other.proxy : proxy,
        timeout == null ? other.timeout : timeout);
  }

  /** The settings of a client with what is said here. */
  public ClientSettings apply(ClientSettings settings) {
    ClientSettings set = settings;
    set = user == null ? set : set.user(user);
    set = password == null ? set : set.password(password);
    set = keyFile == null ? set : set.keyFile(keyFile);
    set = knownHosts == null ? set : set.knownHosts(knownHosts);
    set = trust == null ? set : set.trust(trust);
    set = proxy == null ? set : set.proxy(proxy);
    return timeout == null ? set : set.connectTimeout(timeout).replyTimeout(timeout);
  }

  @Override
  public String toString() {
    return "HostSettings[user %s, keyFile %s, knownHosts %s, trust %s, %s, timeout %s]"
        .formatted(user, keyFile, knownHosts, trust, proxy, timeout);
  }
}
