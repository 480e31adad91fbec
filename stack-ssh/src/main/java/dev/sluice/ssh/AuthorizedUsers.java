package dev.sluice.ssh;

import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.IoScheduler;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.login.Identity;
import dev.sluice.api.login.LoginAttempt;
import dev.sluice.ssh.key.Certificate;
import dev.sluice.ssh.key.CertificateCheck;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.key.trust.AddressList;
import dev.sluice.ssh.key.trust.AuthorizedKey;
import dev.sluice.ssh.key.trust.AuthorizedKeys;
import dev.sluice.ssh.key.trust.KeyOptions;
import dev.sluice.ssh.key.trust.RevokedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/**
 * Lets users in with the keys in their authorized_keys, and with certificates of the authorities
 * listed there ({@code cert-authority}). Passwords go to another authenticator.
 *
 * <p>{@code from}, {@code expiry-time} and {@code principals} are obeyed, as are the validity, the
 * principals and the {@code source-address} of a certificate; the server obeys its {@code
 * force-command}. A line with {@code command} or {@code verify-required} lets nobody in.
 */
public final class AuthorizedUsers implements Authenticator {
  private static final String SOURCE_ADDRESS = "source-address";

  private final Function<String, Mono<AuthorizedKeys>> keysOf;
  private final Authenticator others;
  private final Source<AuthorizedKeys> authorities;
  private final Source<RevokedKeys> revoked;

  /** A source that is read again at each login. */
  private interface Source<T> {
    T read() throws IOException;
  }

  private AuthorizedUsers(
      Function<String, Mono<AuthorizedKeys>> keysOf,
      Authenticator others,
      Source<AuthorizedKeys> authorities,
      Source<RevokedKeys> revoked) {
    this.keysOf = keysOf;
    this.others = others;
    this.authorities = authorities;
    this.revoked = revoked;
  }

  /**
   * Asks {@code keysOf} about keys.
   *
   * @param keysOf the keys of the user with a name, which is unverified; empty = there is no such
   *     user
   * @param others asked about passwords
   */
  public static AuthorizedUsers by(
      Function<String, Mono<AuthorizedKeys>> keysOf, Authenticator others) {
    AuthorizedKeys none = AuthorizedKeys.parse();
    return new AuthorizedUsers(keysOf, others, () -> none, () -> RevokedKeys.NONE);
  }

  /**
   * A copy that also lets in a user who shows a certificate for that user name, signed by a key in
   * {@code file} ({@code TrustedUserCAKeys} of sshd_config(5)). The file has one public key per
   * line and is read at each login. If it cannot be read, nobody gets in with a key.
   */
  public AuthorizedUsers trustedUserCaKeys(Path file) {
    return new AuthorizedUsers(
        keysOf, others, () -> AuthorizedKeys.parse(EditedFile.text(file)), revoked);
  }

  /**
   * A copy that refuses every key and certificate that {@code file} revokes ({@code RevokedKeys} of
   * sshd_config(5)). The file is a list made by {@code ssh-keygen -k}, or has one public key per
   * line, and is read at each login. If it cannot be read, nobody gets in with a key.
   */
  public AuthorizedUsers revokedKeys(Path file) {
    return new AuthorizedUsers(
        keysOf, others, authorities, () -> RevokedKeys.parse(EditedFile.octets(file)));
  }

  @Override
  public Mono<Identity> authenticate(LoginAttempt attempt) {
    if (!(attempt instanceof LoginAttempt.PublicKey shown)) {
      return others.authenticate(attempt);
    }
    return Mono.defer(() -> keysOf.apply(shown.user()))
        .publishOn(IoScheduler.shared()) // a certificate's signature takes a moment
        .filter(keys -> allows(keys, shown, Instant.now()))
        .map(keys -> Identity.of(shown.user()))
        .switchIfEmpty(Mono.error(() -> new AuthenticationFailed("login refused")));
  }

  private boolean allows(AuthorizedKeys keys, LoginAttempt.PublicKey shown, Instant now) {
    SshPublicKey key = SshPublicKey.decode(shown.blob());
    if (read("the revoked keys", revoked).isRevoked(key)) {
      return false;
    }
    String address = shown.from().getAddress().getHostAddress();
    Stream<AuthorizedKey> lines = keys.linesFor(key, shown.user()).stream();
    if (key instanceof Certificate certificate) {
      lines =
          Stream.concat(
              lines,
              read("the keys of authorities", authorities)
                  .authoritiesOf(certificate, shown.user())
                  .stream());
    }
    boolean granted = lines.anyMatch(line -> grants(line, address, now));
    return granted && (!(key instanceof Certificate signed) || isValid(signed, address, now));
  }

  private static <T> T read(String what, Source<T> source) {
    try {
      return source.read();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + what, e);
    } catch (IllegalArgumentException e) {
      throw new UncheckedIOException("cannot read " + what, new IOException(e.getMessage(), e));
    }
  }

  private static boolean grants(AuthorizedKey line, String address, Instant now) {
    KeyOptions options = line.options();
    return options.allows(address)
        && !options.isExpired(now, ZoneId.systemDefault())
        && options.command().isEmpty()
        && !options.presence().verification();
  }

  private static boolean isValid(Certificate certificate, String address, Instant now) {
    String sources = certificate.criticalOptions().get(SOURCE_ADDRESS);
    try {
      return (sources == null || AddressList.parse(sources).allows(address))
          && CertificateCheck.refusal(certificate, Certificate.Role.USER, now.getEpochSecond())
              .isEmpty();
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
