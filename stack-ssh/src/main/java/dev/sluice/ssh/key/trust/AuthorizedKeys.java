package dev.sluice.ssh.key.trust;

import dev.sluice.ssh.key.Certificate;
import dev.sluice.ssh.key.SshPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys that may open an account, as authorized_keys files have them (sshd(8)). */
public final class AuthorizedKeys {
  private final List<AuthorizedKey> lines;

  private AuthorizedKeys(List<AuthorizedKey> lines) {
    this.lines = lines;
  }

  /** Reads files, one behind the other; lines that cannot be understood grant nothing. */
  public static AuthorizedKeys parse(String... files) {
    return new AuthorizedKeys(
        Stream.of(files)
            .flatMap(String::lines)
            .map(AuthorizedKey::parse)
            .flatMap(Optional::stream)
            .toList());
  }

  /** All lines that grant something. */
  public List<AuthorizedKey> lines() {
    return lines;
  }

  /**
   * The lines for a key, in their order: those of the key itself, or of a certificate those of its
   * authority that accept one of its names. What else they and the certificate demand is not yet
   * checked.
   *
   * @param user whom a certificate must name if the line does not say otherwise
   */
  public List<AuthorizedKey> linesFor(SshPublicKey key, String user) {
    if (key instanceof Certificate certificate) {
      return lines.stream()
          .filter(line -> line.options().isCertAuthority())
          .filter(line -> line.key().equals(certificate.authority()))
          .filter(line -> names(line, user).stream().anyMatch(certificate.principals()::contains))
          .toList();
    }
    return lines.stream()
        .filter(line -> !line.options().isCertAuthority() && line.key().equals(key))
        .toList();
  }

  private static List<String> names(AuthorizedKey line, String user) {
    List<String> principals = line.options().principals();
    return principals.isEmpty() ? List.of(user) : principals;
  }
}
