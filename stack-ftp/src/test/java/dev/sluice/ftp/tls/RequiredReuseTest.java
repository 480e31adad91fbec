package dev.sluice.ftp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ftp.FtpSecurity;
import dev.sluice.ftp.FtpServerTls;
import dev.sluice.test.Conforms;
import dev.sluice.tls.TlsClientOptions;
import dev.sluice.tls.TlsProvider;
import dev.sluice.tls.TlsServerOptions;
import dev.sluice.tls.session.TlsVersion;
import dev.sluice.tls.test.TestCertificates;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A provider that cannot resume some version, where connections must resume. */
final class RequiredReuseTest {
  private static final Set<TlsVersion> OLDER = Set.of(TlsVersion.TLS_1_2);

  @Test
  @Conforms("TLS-053")
  void aClientOfBouncyCastleThatMustResumeIsHeldToTls12() {
    FtpSecurity both =
        FtpSecurity.explicit(TlsClientOptions.DEFAULT.withProvider(TlsProvider.BOUNCY_CASTLE));
    assertThatThrownBy(() -> both.withResumption(FtpSecurity.Resumption.REQUIRED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("offer TLS 1.2 only");
    FtpSecurity older = both.withTls(both.tls().withVersions(OLDER));
    assertThat(older.withResumption(FtpSecurity.Resumption.REQUIRED).tls().versions())
        .isEqualTo(OLDER);
  }

  @Test
  @Conforms("TLS-053")
  void aServerOfBouncyCastleThatEnforcesItIsHeldToTls12() {
    TlsServerOptions both =
        TlsServerOptions.of(new TestCertificates().local()).withProvider(TlsProvider.BOUNCY_CASTLE);
    assertThatThrownBy(() -> FtpServerTls.explicit(both))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("offer TLS 1.2 only");
    assertThat(FtpServerTls.explicit(both.withVersions(OLDER)).resumption())
        .isEqualTo(FtpServerTls.Resumption.ENFORCED);
  }
}
