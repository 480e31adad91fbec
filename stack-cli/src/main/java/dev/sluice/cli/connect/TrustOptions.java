package dev.sluice.cli.connect;

import dev.sluice.cli.status.UsageError;
import dev.sluice.tls.PeerVerification;
import dev.sluice.tls.PeerVerification.Authorities;
import dev.sluice.tls.PemFiles;
import dev.sluice.tls.TlsClientOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a client of TLS: whom it trusts, and what it shows of itself. */
final class TrustOptions {
  private static final int SHA_256_OCTETS = 32;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = "Trusts the authorities in this file (PEM) instead of the system's.")
  private @Nullable Path authorities;

  @Option(
      names = "--tls-crl",
      paramLabel = "FILE",
      description =
          "Refuses certificates that the authorities of --tls-ca have revoked. The file holds their"
              + " lists (PEM, or one in DER). An authority without a current list is not trusted.")
  private @Nullable Path revoked;

  @Option(
      names = "--tls-pin",
      paramLabel = "PIN",
      description =
          "Trusts only the server with this public key: its SHA-256 in Base64, as sha256/...; may"
              + " be given several times.")
  private List<String> pins = new ArrayList<>();

  @Option(
      names = "--tls-insecure",
      description = "Trusts any server, even an attacker in between who reads everything.")
  private boolean insecure;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Certificate to show if the server asks for one (PEM).")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Private key of that certificate (PEM).")
  private @Nullable Path key;

  private boolean warned;

  /** Whether any of them was given. */
  boolean any() {
    return authorities != null
        || revoked != null
        || certificate != null
        || key != null
        || !pins.isEmpty()
        || insecure;
  }

  /**
   * Reads files; {@link UsageError} when they do not hold what they should.
   *
   * @param configured authorities to trust where no option says whom; null = those of the system
   */
  TlsClientOptions tls(@Nullable Path configured, PrintWriter err) {
    TlsClientOptions options = TlsClientOptions.DEFAULT.withVerification(verification(configured));
    if (insecure && !warned) {
      warned = true;
      err.println("sluice: WARNING: --tls-insecure trusts anyone, passwords and files may be read");
    }
    Path shown = certificate;
    Path secret = key;
    if (shown == null && secret == null) {
      return options;
    }
    if (shown == null || secret == null) {
      throw new UsageError("--tls-cert and --tls-key belong together");
    }
    return options.withIdentity(UsageError.unless(() -> PemFiles.keyMaterial(shown, secret)));
  }

  private PeerVerification verification(@Nullable Path configured) {
    long ways = Stream.of(authorities != null, !pins.isEmpty(), insecure).filter(w -> w).count();
    if (ways > 1) {
      throw new UsageError("choose one of --tls-ca, --tls-pin and --tls-insecure");
    }
    Path file = ways == 0 ? configured : authorities;
    Path lists = revoked;
    if (file != null) {
      Authorities trusted =
          PeerVerification.authorities(UsageError.unless(() -> PemFiles.certificates(file)));
      if (lists != null) {
        return UsageError.unless(() -> refusing(trusted, lists));
      }
      return trusted;
    }
    if (lists != null) {
      throw new UsageError("--tls-crl needs --tls-ca: revocation lists of which authorities?");
    }
    if (!pins.isEmpty()) {
      return PeerVerification.pinned(
          pins.stream().map(TrustOptions::pin).distinct().toArray(String[]::new));
    }
    return insecure ? PeerVerification.dangerouslyTrustAnyone() : PeerVerification.system();
  }

  private static PeerVerification refusing(Authorities trusted, Path lists) {
    PemFiles.revocationLists(lists); // one that cannot be read is a fault of the command line
    return trusted.withRevoked(lists);
  }

  /** Takes what {@code serve} prints, what curl takes, and the bare Base64. */
  static String pin(String text) {
    // The second slash may be the first letter of the Base64, whose length decides.
    String bare = text.replaceFirst("^sha256/(/(?=.{43}=$))?", "");
    byte[] octets = UsageError.unless(() -> Base64.getDecoder().decode(bare));
    if (octets.length != SHA_256_OCTETS) {
      throw new UsageError("--tls-pin takes a SHA-256 in Base64, not " + text);
    }
    return bare;
  }
}
