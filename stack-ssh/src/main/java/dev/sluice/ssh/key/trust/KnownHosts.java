package dev.sluice.ssh.key.trust;

import dev.sluice.ssh.key.Certificate;
import dev.sluice.ssh.key.CertificateCheck;
import dev.sluice.ssh.key.SshPublicKey;
import dev.sluice.ssh.key.trust.KnownHost.Marker;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The host keys on record, as listed in known_hosts files (sshd(8), SSH_KNOWN_HOSTS). */
public final class KnownHosts {
  private static final int SALT_BYTES = 20;

  private final RecordLines<KnownHost> lines;

  private KnownHosts(RecordLines<KnownHost> lines) {
    this.lines = lines;
  }

  /** Reads files, one after the other; a line that cannot be understood does not count. */
  public static KnownHosts parse(String... files) {
    return new KnownHosts(RecordLines.read(files, KnownHost::parse));
  }

  /** The lines that cannot be understood: their author should hear of them. */
  public List<UnreadableLine> unreadable() {
    return lines.unreadable();
  }

  /**
   * The place of a line.
   *
   * @param file which of the files, from 0
   * @param line from 1
   */
  public record Place(int file, int line) {}

  /** The place of the first line that speaks for or against the keys of a host. */
  public Optional<Place> place(String host, int port, boolean revoking) {
    Marker marker = revoking ? Marker.REVOKED : Marker.KEY;
    return matching(HostName.of(host, port), marker)
        .map(line -> new Place(line.file(), line.number()))
        .findFirst();
  }

  /**
   * What is on record about a key. A certificate is judged by its authority, and, if that decides
   * nothing, by the key inside. May verify a signature: call it off the event loop.
   *
   * @param host as the user named it
   * @param nowSeconds seconds since 1970
   */
  public HostKeyVerdict verdict(String host, int port, SshPublicKey key, long nowSeconds) {
    String name = HostName.of(host, port);
    if (isRevoked(name, key)) {
      return HostKeyVerdict.REVOKED;
    }
    if (key instanceof Certificate certificate
        && isCertified(name, host.toLowerCase(Locale.ROOT), certificate, nowSeconds)) {
      return HostKeyVerdict.MATCH;
    }
    HostKeyVerdict verdict = plainVerdict(name, key.plain());
    String withoutPort = HostName.of(host, 22);
    boolean elsewhere =
        verdict == HostKeyVerdict.UNKNOWN
            && plainVerdict(withoutPort, key.plain()) == HostKeyVerdict.MATCH;
    return elsewhere ? HostKeyVerdict.UNKNOWN_PORT : verdict;
  }

  /** The types of the keys on record for a host, which it is asked for first. */
  public Set<String> types(String host, int port) {
    return keys(host, port).stream()
        .map(SshPublicKey::type)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The keys on record for a host. */
  public Set<SshPublicKey> keys(String host, int port) {
    return about(HostName.of(host, port), Marker.KEY)
        .map(KnownHost::key)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether certificates of a host may be signed by somebody on record. */
  public boolean hasAuthority(String host, int port) {
    return about(HostName.of(host, port), Marker.CERT_AUTHORITY).findAny().isPresent();
  }

  /** A line that puts a key on record. */
  public static String line(String host, int port, SshPublicKey key) {
    return HostName.of(host, port) + " " + KeyText.format(key.plain());
  }

  /** As {@link #line} with the host's name hashed. */
  public static String hashedLine(String host, int port, SshPublicKey key, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    HostMatcher.Hashed name = HostMatcher.Hashed.of(HostName.of(host, port), salt);
    return name.format() + " " + KeyText.format(key.plain());
  }

  private HostKeyVerdict plainVerdict(String name, SshPublicKey key) {
    List<SshPublicKey> known = about(name, Marker.KEY).map(KnownHost::key).toList();
    if (known.contains(key)) {
      return HostKeyVerdict.MATCH;
    }
    return known.isEmpty() ? HostKeyVerdict.UNKNOWN : HostKeyVerdict.CHANGED;
  }

  private boolean isRevoked(String name, SshPublicKey key) {
    return about(name, Marker.REVOKED)
        .map(KnownHost::key)
        .anyMatch(
            revoked ->
                revoked.equals(key.plain())
                    || key instanceof Certificate signed && revoked.equals(signed.authority()));
  }

  private boolean isCertified(String name, String host, Certificate certificate, long nowSeconds) {
    boolean trusted =
        about(name, Marker.CERT_AUTHORITY)
            .anyMatch(line -> line.key().equals(certificate.authority()));
    return trusted
        && certificate.principals().stream()
            .anyMatch(principal -> Wildcard.matches(principal.toLowerCase(Locale.ROOT), host))
        && CertificateCheck.refusal(certificate, Certificate.Role.HOST, nowSeconds).isEmpty();
  }

  private Stream<KnownHost> about(String name, Marker marker) {
    return matching(name, marker).map(RecordLines.Line::content);
  }

  private Stream<RecordLines.Line<KnownHost>> matching(String name, Marker marker) {
    return lines.records().stream()
        .filter(line -> line.content().marker() == marker && line.content().hosts().matches(name));
  }
}
