package dev.sluice.sftp.both;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.AttributeChange;
import dev.sluice.api.ByteRange;
import dev.sluice.api.ChecksumAlgorithm;
import dev.sluice.api.RemotePath;
import dev.sluice.api.WriteMode;
import dev.sluice.sftp.SftpSession;
import dev.sluice.storage.local.LocalStorage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** No message of a failure shows control characters of a name, whichever verb has failed. */
final class ForgedNamesIT {
  private static final String NAME =
      "a\r\n-rw-r--r-- 1 x x 1 Jan  1 2020 forged\u001b[2J\u0007\u0085\u009b1mb\u202e";

  @TempDir private Path root;

  @Test
  void noVerbPutsOneIntoTheMessageOfAFailure() {
    try (BothEnds ends = BothEnds.serving(LocalStorage.at(root))) {
      SftpSession session = ends.session();
      RemotePath file = RemotePath.root().child(NAME).child(NAME);
      AttributeChange change = AttributeChange.none().withPermissions(0600);
      Map<String, Publisher<?>> verbs =
          Map.ofEntries(
              Map.entry("stat", session.stat(file)),
              Map.entry("lstat", session.lstat(file)),
              Map.entry("list", session.list(file)),
              Map.entry("read", session.read(file, ByteRange.all())),
              Map.entry("write", session.write(file, WriteMode.replace(), Flux.empty())),
              Map.entry("in place", session.write(file, WriteMode.inPlace(), Flux.empty())),
              Map.entry("append", session.write(file, WriteMode.append(), Flux.empty())),
              Map.entry("at", session.write(file, WriteMode.at(1), Flux.empty())),
              Map.entry("create", session.write(file, WriteMode.createNew(), Flux.empty())),
              Map.entry("kept", session.write(file, WriteMode.replace(), Flux.empty(), change)),
              Map.entry("mkdir", session.createDirectory(file)),
              Map.entry("delete", session.deleteFile(file)),
              Map.entry("rmdir", session.deleteDirectory(file)),
              Map.entry("rename", session.rename(file, RemotePath.of("/b"))),
              Map.entry("attributes", session.setAttributes(file, change)),
              Map.entry("of link", session.setLinkAttributes(file, change)),
              Map.entry("readlink", session.readLink(file)),
              Map.entry("symlink", session.createSymbolicLink(file, NAME)),
              Map.entry("link", session.createHardLink(file, RemotePath.of("/b"))),
              Map.entry(
                  "checksum", session.checksum(file, ChecksumAlgorithm.SHA_256, ByteRange.all())),
              Map.entry("copy", session.copy(file, RemotePath.of("/b"))),
              Map.entry("space", session.space(file)));
      verbs.forEach(
          (verb, publisher) -> {
            List<Throwable> failures =
                Flux.from(publisher)
                    .then()
                    .materialize()
                    .mapNotNull(signal -> signal.getThrowable())
                    .flux()
                    .collectList()
                    .block(BothEnds.WAIT);
            assertThat(failures).as(verb).hasSize(1);
            assertThat(failures.get(0).getMessage())
                .as(verb)
                .doesNotContain("\u202e")
                .matches(text -> text.chars().noneMatch(Character::isISOControl));
          });
      session.close().block(BothEnds.WAIT);
    }
  }
}
