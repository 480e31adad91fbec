package dev.sluice.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.login.Authenticator;
import dev.sluice.api.login.Identity;
import dev.sluice.api.storage.Storage;
import dev.sluice.storage.memory.MemoryStorage;
import dev.sluice.transport.door.StaticUsers;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** Storages that take no more, and logins that cannot end well. */
final class RefusedUploadIT {
  private static final byte[] MEBIBYTE = new byte[1 << 20];

  @TempDir private Path root;

  @Test
  void aFullDiskIsSaidInAReplyAndNotByAReset() throws Exception {
    try (TestServer full = new TestServer(root, s -> s.storage(MemoryStorage.of(2 << 20)));
        FtpTalk talk = full.login()) {
      talk.expect(200, "TYPE I");
      try (Socket data = talk.passive()) {
        talk.send("STOR big");
        assertThat(talk.hear().code()).isBetween(100, 199);
        OutputStream out = data.getOutputStream();
        for (int i = 0; i < 32; i++) {
          out.write(MEBIBYTE); // a reset would fail this
        }
        assertThat(talk.hear().code()).isEqualTo(452);
        assertThat(data.getInputStream().read()).isEqualTo(-1);
      }
      talk.expect(200, "NOOP");
    }
  }

  @Test
  void aStorageThatCannotBeReachedEndsTheSessionWith421() {
    Storage gone =
        user -> Mono.error(new FileFailure(FileError.IO_ERROR, "/mnt/files: stale handle", null));
    try (TestServer server = new TestServer(root, s -> s.storage(gone));
        FtpTalk talk = server.connect()) {
      talk.expect(331, "USER " + TestServer.USER);
      FtpTalk.Answer answer = talk.expect(421, "PASS " + TestServer.PASSWORD);
      assertThat(answer.first()).contains("cannot be reached").doesNotContain("/mnt", "user ann");
    }
  }

  @Test
  void emptyAndEndlessPasswordsReachNoAuthenticator() {
    List<String> asked = new ArrayList<>();
    Authenticator careless =
        attempt -> {
          asked.add(attempt.user());
          return Mono.just(Identity.of(attempt.user()));
        };
    try (TestServer server = new TestServer(root, s -> s.users(careless));
        FtpTalk talk = server.connect()) {
      talk.expect(331, "USER ann");
      talk.expect(530, "PASS ");
      assertThat(asked).isEmpty();
      talk.expect(331, "USER ann");
      talk.expect(230, "PASS x");
    }
  }

  @Test
  void anAuthenticatorThatFailsLooksLikeAWrongPassword() {
    Authenticator broken =
        attempt ->
            attempt.user().equals("ann")
                ? Mono.error(new IllegalStateException("directory unreachable"))
                : StaticUsers.none().authenticate(attempt);
    try (TestServer server = new TestServer(root, s -> s.users(broken));
        FtpTalk talk = server.connect()) {
      talk.expect(331, "USER ann");
      FtpTalk.Answer known = talk.expect(530, "PASS x");
      talk.expect(331, "USER nobody");
      assertThat(talk.expect(530, "PASS x").lines()).isEqualTo(known.lines());
    }
  }
}
