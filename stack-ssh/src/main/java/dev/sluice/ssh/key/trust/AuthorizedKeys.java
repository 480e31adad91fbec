package dev.sluice.ssh.key.trust;

import dev.sluice.ssh.key.Certificate;
import dev.sluice.ssh.key.SshPublicKey;
import java.util.List;
import java.util.Optional;

/** The keys that may open an account, as listed in authorized_keys files (sshd(8)). */
public final class AuthorizedKeys {
  private final List<AuthorizedKey> lines;
  private final List<UnreadableLine> unreadable;

  private AuthorizedKeys(RecordLines<AuthorizedKey> read) {
    this.lines = read.contents();
    this.unreadable = read.unreadable();
  }

  /** Reads files, one after the other; a line that cannot be understood grants nothing. */
  public static AuthorizedKeys parse(String... files) {
    return new AuthorizedKeys(
        RecordLines.read(files, line -> Optional.of(AuthorizedKey.parse(line))));
  }

  /** The lines that cannot be understood: their author should hear of them. */
  public List<UnreadableLine> unreadable() {
    return unreadable;
  }

  /** All lines that grant something. */
  public List<AuthorizedKey> lines() {
    return lines;
  }

  /**
   * The lines for a key, in their order. For a plain key, these are its own lines; for a
   * certificate, those lines of its authority that accept one of its names. Other conditions of the
   * lines and of the certificate are not checked yet.
   *
   * @param user the user whom a certificate must name unless the line says otherwise
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

  /**
   * The lines whose key signed a certificate for that user, where every line is an authority
   * ({@code TrustedUserCAKeys}).
   */
  public List<AuthorizedKey> authoritiesOf(Certificate certificate, String user) {
    return lines.stream()
        .filter(line -> line.key().equals(certificate.authority()))
        .filter(line -> names(line, user).stream().anyMatch(certificate.principals()::contains))
        .toList();
  }

  private static List<String> names(AuthorizedKey line, String user) {
    List<String> principals = line.options().principals();
    return principals.isEmpty() ? List.of(user) : principals;
  }
}
