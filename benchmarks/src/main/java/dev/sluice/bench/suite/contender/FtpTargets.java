package dev.sluice.bench.suite.contender;

import dev.sluice.bench.suite.worker.Endpoint;
import dev.sluice.bench.suite.worker.Protocol;
import dev.sluice.ftp.peer.FtpTarget;
import java.nio.file.Path;
import java.time.Duration;

/** Endpoints in the form that the FTP programs take. */
final class FtpTargets {
  static final Duration DEADLINE = Duration.ofMinutes(5);

  private FtpTargets() {}

  static FtpTarget of(Endpoint server) {
    FtpTarget target =
        FtpTarget.of(server.host(), server.port(), server.user(), server.password())
            .within(DEADLINE);
    return server.protocol() == Protocol.FTPS
        ? target.secured(new FtpTarget.Security(Path.of(server.trust()), false))
        : target;
  }
}
