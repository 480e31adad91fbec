package dev.sluice.sftp.peer.client;

import dev.sluice.sftp.client.SftpClient;
import dev.sluice.ssh.Credential;
import dev.sluice.ssh.HostKeyPolicy;
import dev.sluice.ssh.peer.Scratch;
import dev.sluice.ssh.peer.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server's process that lets {@link #USER} in with {@link #PASSWORD}. */
record PasswordPeer(Scratch scratch, Path root, ServerProcess process, int port)
    implements SftpPeer {
  static final String USER = "ann";
  static final String PASSWORD = "open-sesame";

  /** How a server is told what to do: writes its configuration and returns its command line. */
  interface Setup {
    List<String> command(Scratch scratch, Path root, int port) throws IOException;
  }

  static PasswordPeer start(String name, Setup setup) {
    Scratch scratch = Scratch.create(name);
    int port = Scratch.freePort();
    try {
      Path root = Files.createDirectory(scratch.file("root"));
      List<String> command = setup.command(scratch, root, port);
      return new PasswordPeer(scratch, root, ServerProcess.start(command, scratch, port), port);
    } catch (IOException e) {
      scratch.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      scratch.close();
      throw e;
    }
  }

  @Override
  public SftpClient client() {
    return SftpClient.create("127.0.0.1")
        .port(port)
        .user(USER)
        .credential(Credential.password(PASSWORD))
        .hostKeys(HostKeyPolicy.dangerouslyTrustAnyone());
  }

  @Override
  public void close() {
    process.close();
    scratch.close();
  }
}
