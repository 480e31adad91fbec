package dev.sluice.transport.door;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.LoginAttempt;
import dev.sluice.api.login.Right;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import reactor.core.publisher.Mono;

/**
 * Users known in advance, with passwords held as keyed digests under a key made at start-up.
 *
 * <p>Immutable: {@link #with} returns a new value. An unknown name costs the same time as a known
 * one.
 */
public final class StaticUsers implements Authenticator {
  private static final String MAC = "HmacSHA256";

  private final byte[] key;
  private final byte[] nobody;
  private final Map<String, Entry> users;
  private final boolean guests;

  private StaticUsers(byte[] key, Map<String, Entry> users, boolean guests) {
    this.key = key;
    this.users = users;
    this.guests = guests;
    this.nobody = new byte[32];
  }

  /** Nobody may log in. */
  public static StaticUsers none() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return new StaticUsers(key, Map.of(), false);
  }

  /** One user with every right, starting at the root. */
  public static StaticUsers of(String name, String password) {
    return none().with(name, password);
  }

  /** These users and {@code name} with every right. */
  public StaticUsers with(String name, String password) {
    return with(Identity.of(name), password);
  }

  /** These users and {@code identity}. */
  public StaticUsers with(Identity identity, String password) {
    Map<String, Entry> more = new ConcurrentHashMap<>(users);
    more.put(identity.name(), new Entry(identity, digest(password)));
    return new StaticUsers(key, Map.copyOf(more), guests);
  }

  /** These users and guests, who may list and read but change nothing. Off by default. */
  public StaticUsers withGuests() {
    return new StaticUsers(key, users, true);
  }

  @Override
  public Mono<Identity> authenticate(LoginAttempt attempt) {
    return attempt instanceof LoginAttempt.Certificate
        ? Mono.empty()
        : Mono.fromSupplier(() -> check(attempt));
  }

  private Identity check(LoginAttempt attempt) {
    if (attempt instanceof LoginAttempt.Password given) {
      return check(given);
    }
    if (guests && attempt instanceof LoginAttempt.Anonymous) {
      return Identity.of("anonymous").withRights(Right.READ_ONLY);
    }
    throw refused();
  }

  private Identity check(LoginAttempt.Password given) {
    Entry entry = users.get(given.user());
    boolean plausible = given.isPlausible();
    byte[] shown = digest(plausible ? given.password() : "");
    boolean same = MessageDigest.isEqual(shown, entry == null ? nobody : entry.passwordDigest);
    if (entry == null || !plausible || !same) {
      throw refused();
    }
    return entry.identity;
  }

  private byte[] digest(String password) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
      return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + MAC, e);
    }
  }

  private static AuthenticationFailed refused() {
    return new AuthenticationFailed("login refused");
  }

  private static final class Entry {
    final Identity identity;
    final byte[] passwordDigest;

    Entry(Identity identity, byte[] passwordDigest) {
      this.identity = identity;
      this.passwordDigest = passwordDigest;
    }
  }
}
