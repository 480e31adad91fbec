package dev.sluice.sftp.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.HandleRequest.Write;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.PathRequest.Mkdir;
import dev.sluice.sftp.message.PathRequest.Plain;
import dev.sluice.sftp.message.SftpAttributes;
import dev.sluice.sftp.message.SftpHandle;
import dev.sluice.storage.memory.MemoryStorage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * Any packets against a session over memory. The first octet tells the version; each packet is its
 * type, the length of its body and that body.
 */
final class RequestLoopFuzzTest {
  private static final int MAX_OCTETS = 4096;
  private static final int MAX_STORED = 64 * 1024;
  private static final List<SftpVersion> VERSIONS = List.of(SftpVersion.values());

  @FuzzTest
  void eachRequestIsAnsweredOnceOrTheSessionEnds(byte[] input) {
    if (input.length == 0 || input.length > MAX_OCTETS) {
      return;
    }
    SftpVersion version = VERSIONS.get(input[0] & 3);
    try (ServedClient client =
        ServedClient.of(MemoryStorage.of(MAX_STORED), SftpServerSettings.DEFAULT, version)) {
      openSome(client);

      List<Integer> asked = send(client, Unpooled.wrappedBuffer(input, 1, input.length - 1));
      client.endInput();
      int status = client.awaitEnd();

      List<Integer> answered = client.takeIds();
      if (status == 0) {
        assertThat(answered).containsExactlyInAnyOrderElementsOf(asked);
      } else {
        assertThat(answered).doesNotHaveDuplicates().isSubsetOf(asked);
      }
    }
  }

  /** Handles 1 to 3: a file, a directory and a file that is text where the version has that. */
  private static void openSome(ServedClient client) {
    client.ask(new Mkdir(1, "d", SftpAttributes.NONE));
    OpenHow how = OpenHow.readWriting(Disposition.OPEN_OR_CREATE);
    SftpHandle file = client.open("f", how);
    client.ask(new Write(2, file, 0, Unpooled.copiedBuffer("one\ntwo\n", UTF_8)));
    client.ask(new Plain(Plain.Kind.OPENDIR, 3, "/"));
    client.open("f", how.with(OpenHow.FLAG_TEXT));
  }

  private static List<Integer> send(ServedClient client, ByteBuf in) {
    List<Integer> ids = new ArrayList<>();
    while (in.readableBytes() >= 2) {
      int type = in.readUnsignedByte();
      int length = Math.min(in.readUnsignedByte(), in.readableBytes());
      int id = 1000 + ids.size();
      ids.add(id);
      ByteBuf head = Unpooled.buffer().writeInt(1 + Integer.BYTES + length).writeByte(type);
      client.sendRaw(Unpooled.wrappedBuffer(head.writeInt(id), in.readRetainedSlice(length)));
    }
    in.release();
    return ids;
  }
}
