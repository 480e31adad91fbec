package dev.sluice.cli.serve;

import dev.sluice.cli.status.UsageError;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.tls.KeyMaterial;
import dev.sluice.tls.ServerCertificates;
import dev.sluice.tls.TlsServerOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a server of TLS: what it shows, and what it asks of data connections. */
public final class CertificateOptions {
  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description =
          "Certificate, then its issuers (PEM); loaded again when the file changes. If one is"
              + " needed and none is given, one for this machine is generated.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Private key of the certificate (PEM).")
  private @Nullable Path key;

  @Option(
      names = "--tls-resumption",
      paramLabel = "HOW",
      defaultValue = "ENFORCED",
      description =
          "Whether data connections must resume the TLS session of their control connection:"
              + " ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private FtpServerTls.Resumption resumption = FtpServerTls.Resumption.ENFORCED;

  /**
   * How to speak TLS; empty = there is no certificate.
   *
   * @param needed makes a certificate where none was given
   */
  public Optional<TlsServerOptions> tls(boolean needed, PrintWriter err) {
    Path shown = certificate;
    Path secret = key;
    if (shown != null && secret != null) {
      ServerCertificates files = new CertificateFiles(shown, secret, err).watched();
      return Optional.of(TlsServerOptions.of(files));
    }
    if (shown != null || secret != null) {
      throw new UsageError("--tls-cert and --tls-key belong together");
    }
    if (!needed) {
      return Optional.empty();
    }
    KeyMaterial made = SelfSigned.generate();
    CertificateFiles.tell(made, err);
    return Optional.of(TlsServerOptions.of(made));
  }

  /** What a server at {@code address} does with it. */
  public FtpServerTls policy(ListenAddress address, TlsServerOptions tls) {
    FtpServerTls policy =
        switch (address.scheme()) {
          case FTPS ->
              FtpServerTls.implicit(tls).withRequired(FtpServerTls.Required.LOGIN_AND_DATA);
          case FTPES ->
              FtpServerTls.explicit(tls).withRequired(FtpServerTls.Required.LOGIN_AND_DATA);
          default -> FtpServerTls.explicit(tls);
        };
    return policy.withResumption(resumption);
  }
}
