package dev.sluice.sftp.message;

import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.OpenHow.Disposition;
import dev.sluice.sftp.message.SftpAttributes.Bits;
import dev.sluice.sftp.message.SftpAttributes.Details;
import dev.sluice.sftp.message.SftpAttributes.Owner;
import dev.sluice.sftp.message.SftpAttributes.Pair;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A packet of every kind, as each version may send it. */
final class Samples {
  static final SftpHandle HANDLE = SftpHandle.of(0x0102030405060708L);

  private static final byte[] DIGEST = new byte[16];

  private Samples() {}

  /** Attributes that use every field of the version. */
  static SftpAttributes attributes(SftpVersion version) {
    SftpAttributes common =
        SftpAttributes.NONE
            .withType(FileType.DIRECTORY)
            .withSize(1L << 40)
            .withPermissions(01755)
            .withTimes(Instant.ofEpochSecond(1_000_000_000), Instant.ofEpochSecond(1_234_567_890))
            .withExtended(List.of(new Pair("a@example.com", new byte[] {1, 2})));
    if (version == SftpVersion.V3) {
      return common.withOwner(new Owner("0", "4294967295"));
    }
    SftpAttributes four =
        common
            .withOwner(new Owner("ann@example.com", "staff"))
            .withTimes(Instant.ofEpochSecond(-5, 7), Instant.ofEpochSecond(1L << 33, 999_999_999))
            .withCreated(Instant.ofEpochSecond(3));
    byte[] acl = new Acl(0, List.of(new Acl.Entry(0, 1, 2, "OWNER@"))).encode(version);
    return switch (version) {
      case V4 -> four.withDetails(new Details(null, acl, null, null, null, null, null));
      case V5 -> four.withDetails(new Details(null, acl, new Bits(3, 3), null, null, null, null));
      default ->
          four.withChanged(Instant.ofEpochSecond(9))
              .withDetails(new Details(4096L, acl, new Bits(3, 7), 1, "text/plain", 2, "\uDCFF"));
    };
  }

  static List<SftpRequest> requests(SftpVersion version) {
    SftpAttributes attributes = attributes(version);
    List<SftpRequest> all = new ArrayList<>();
    all.add(new HandleRequest.Close(1, HANDLE));
    all.add(new HandleRequest.Read(-1, HANDLE, Long.MAX_VALUE, 0xFFFF_FFFFL));
    all.add(
        new HandleRequest.Write(3, HANDLE, 1L << 32, Unpooled.wrappedBuffer(new byte[] {1, 2, 3})));
    all.add(new HandleRequest.Fstat(4, HANDLE, version == SftpVersion.V3 ? 0 : 5));
    all.add(new HandleRequest.Fsetstat(5, HANDLE, attributes));
    all.add(new HandleRequest.Readdir(6, HANDLE));
    OpenHow how = OpenHow.readWriting(Disposition.CREATE_TRUNCATE).with(OpenHow.FLAG_APPEND);
    all.add(new PathRequest.Open(7, "a/\uDC80", how, attributes));
    all.add(new PathRequest.Lstat(8, "/é", version == SftpVersion.V3 ? 0 : 5));
    all.add(new PathRequest.Stat(9, "", version == SftpVersion.V3 ? 0 : 5));
    all.add(new PathRequest.Setstat(10, "f", attributes));
    all.add(new PathRequest.Mkdir(11, "d", attributes));
    for (PathRequest.Plain.Kind kind : PathRequest.Plain.Kind.values()) {
      all.add(new PathRequest.Plain(kind, 12, "p"));
    }
    boolean six = version == SftpVersion.V6;
    all.add(new PathRequest.Realpath(13, ".", six ? 2 : 1, six ? List.of("a", "/b") : List.of()));
    all.add(new PathRequest.Rename(14, "a", "b", version.atLeast(SftpVersion.V5) ? 3 : 0));
    if (six) {
      all.add(new PathRequest.Link(15, "new", "old", false));
      all.add(new HandleRequest.Block(16, HANDLE, 1, 2, 3));
      all.add(new HandleRequest.Unblock(17, HANDLE, 1, 2));
    } else {
      all.add(new PathRequest.Symlink(15, "link", "target"));
    }
    extensions(version).forEach(extension -> all.add(new Extended(18, extension)));
    return all;
  }

  private static List<Extension> extensions(SftpVersion version) {
    return List.of(
        new OpenSshExtension.PosixRename("a", "b"),
        new OpenSshExtension.Statvfs("/"),
        new OpenSshExtension.Fstatvfs(HANDLE),
        new OpenSshExtension.Hardlink("a", "b"),
        new OpenSshExtension.Fsync(HANDLE),
        new OpenSshExtension.Lsetstat("a", attributes(version)),
        new OpenSshExtension.Limits(),
        new OpenSshExtension.ExpandPath("~"),
        new OpenSshExtension.CopyData(HANDLE, 1, 2, HANDLE, 3),
        new OpenSshExtension.HomeDirectory("ann"),
        new OpenSshExtension.NamesById(List.of(0L, 1000L), List.of(4294967295L)),
        new DraftExtension.CopyFile("a", "b", true),
        new DraftExtension.CheckFile("a", null, List.of("sha256", "md5"), 0, 0, 256),
        new DraftExtension.CheckFile(null, HANDLE, List.of("sha1"), 1, 2, 0),
        new DraftExtension.Md5Hash("a", null, 0, 0, DIGEST),
        new DraftExtension.Md5Hash(null, HANDLE, 0, 0, new byte[0]),
        new DraftExtension.SpaceAvailable("/"),
        new DraftExtension.VersionSelect("6"),
        new DraftExtension.TextSeek(HANDLE, 7),
        new DraftExtension.TranslateNames(false));
  }

  static List<SftpResponse> responses(SftpVersion version) {
    SftpAttributes attributes = attributes(version);
    String longname = version == SftpVersion.V3 ? "-rw-r--r-- 1 a b 0 Jan  1 00:00 n" : "";
    boolean end = version == SftpVersion.V6;
    return List.of(
        new SftpResponse.Status(1, 0xFFFF_FFFFL, "text", new byte[0]),
        new SftpResponse.Status(1, 16, "text", new byte[] {0, 0, 0, 1, 'x'}),
        new SftpResponse.Handle(2, HANDLE),
        new SftpResponse.Data(3, Unpooled.wrappedBuffer(new byte[] {9, 8}), false),
        new SftpResponse.Name(
            4, List.of(new SftpResponse.Name.Entry("n\uDCFE", longname, attributes)), end),
        new SftpResponse.Attrs(5, attributes),
        new SftpResponse.ExtendedReply(6, new byte[] {1, 2, 3}));
  }
}
