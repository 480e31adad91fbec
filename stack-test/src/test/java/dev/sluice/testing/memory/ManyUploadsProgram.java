package dev.sluice.testing.memory;

import dev.sluice.api.FileOperations;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.client.Clients;
import dev.sluice.client.transfer.TransferBudget;
import dev.sluice.client.transfer.Transfers;
import dev.sluice.transport.connect.HostTrust;
import java.net.URI;
import java.time.Duration;
import reactor.core.publisher.Flux;

/** Uploads all files of a directory at once, in one session, and prints how many there were. */
final class ManyUploadsProgram {
  static final String PASSWORD = "uploads";
  private static final Duration LONG = Duration.ofMinutes(5);

  private ManyUploadsProgram() {}

  /** Takes a URL, the fingerprint of the host, a directory and the number of files in it. */
  public static void main(String[] arguments) {
    FileOperations local = Clients.of(URI.create("file:///")).connect().block(LONG);
    FileOperations remote =
        Clients.of(
                URI.create(arguments[0]),
                c -> c.password(PASSWORD).hostKeys(HostTrust.pinned(arguments[1])))
            .connect()
            .block(LONG);
    int files = Integer.parseInt(arguments[3]);
    RemotePath from = RemotePath.of(arguments[2]);
    Long done =
        Flux.range(0, files)
            .flatMap(
                number ->
                    Transfers.copy(
                            local,
                            from.child("f" + number),
                            remote,
                            RemotePath.of("/f" + number),
                            WriteMode.replace())
                        .last(),
                files)
            .count()
            .block(LONG);
    System.out.println(done + " uploads, " + TransferBudget.process().used() + " octets held");
    System.exit(0);
  }
}
