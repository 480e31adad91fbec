package dev.sluice.sftp.server;

import dev.sluice.api.Capability;
import dev.sluice.sftp.SftpServerSettings;
import dev.sluice.sftp.SftpVersion;
import dev.sluice.sftp.message.DraftExtension.CheckFile;
import dev.sluice.sftp.message.DraftExtension.CopyFile;
import dev.sluice.sftp.message.DraftExtension.Md5Hash;
import dev.sluice.sftp.message.DraftExtension.SpaceAvailable;
import dev.sluice.sftp.message.DraftExtension.TextSeek;
import dev.sluice.sftp.message.DraftExtension.TranslateNames;
import dev.sluice.sftp.message.OpenHow;
import dev.sluice.sftp.message.OpenSshExtension.CopyData;
import dev.sluice.sftp.message.OpenSshExtension.ExpandPath;
import dev.sluice.sftp.message.OpenSshExtension.Fstatvfs;
import dev.sluice.sftp.message.OpenSshExtension.Fsync;
import dev.sluice.sftp.message.OpenSshExtension.Hardlink;
import dev.sluice.sftp.message.OpenSshExtension.HomeDirectory;
import dev.sluice.sftp.message.OpenSshExtension.Limits;
import dev.sluice.sftp.message.OpenSshExtension.Lsetstat;
import dev.sluice.sftp.message.OpenSshExtension.NamesById;
import dev.sluice.sftp.message.OpenSshExtension.PosixRename;
import dev.sluice.sftp.message.OpenSshExtension.Statvfs;
import dev.sluice.sftp.message.ServerOffer;
import dev.sluice.sftp.message.ServerOffer.Supported;
import dev.sluice.sftp.message.ServerOffer.Supported2;
import dev.sluice.sftp.message.ServerOffer.VendorId;
import dev.sluice.sftp.message.Version;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a server says about itself in VERSION: what this user may not use is not offered. */
final class Offers {
  private static final int CREATED = 0x10;
  private static final int ATTRIBUTES_V5 = 0x1 | 0x4 | 0x8 | CREATED | 0x20 | 0x80 | 0x100;
  private static final int ATTRIBUTES_V6 = ATTRIBUTES_V5 | 0x2000;
  private static final int OPEN_FLAGS =
      0x7
          | OpenHow.FLAG_APPEND
          | OpenHow.FLAG_APPEND_ATOMIC
          | OpenHow.FLAG_TEXT
          | OpenHow.FLAG_NOFOLLOW
          | OpenHow.FLAG_DELETE_ON_CLOSE;
  private static final int ACCESS =
      OpenHow.READ_DATA
          | OpenHow.WRITE_DATA
          | OpenHow.APPEND_DATA
          | OpenHow.READ_ATTRIBUTES
          | OpenHow.WRITE_ATTRIBUTES
          | OpenHow.DELETE
          | OpenHow.SYNCHRONIZE;
  private static final int NO_LOCKS = 1;
  private static final byte[] NEWLINE = {'\n'};

  private Offers() {}

  static Version of(Session session) {
    Map<String, byte[]> offers = new LinkedHashMap<>();
    openSsh(session).forEach((name, version) -> offers.put(name, text(version)));
    List<String> drafts = drafts(session);
    SftpVersion version = session.version();
    if (version.atLeast(SftpVersion.V4)) {
      offers.put(ServerOffer.NEWLINE, NEWLINE);
    }
    if (version == SftpVersion.V6) { // names are octets, and may not be UTF-8
      offers.put(ServerOffer.FILENAME_CHARSET, text("UTF-8"));
    }
    Supported supported = supported(session, drafts);
    if (version == SftpVersion.V5) {
      offers.put(Supported.NAME, supported.encode());
    } else if (version == SftpVersion.V6) {
      offers.put(
          Supported2.NAME, new Supported2(supported, NO_LOCKS, NO_LOCKS, List.of()).encode());
    }
    drafts.forEach(name -> offers.put(name, new byte[0]));
    offers.put(ServerOffer.VERSIONS, text(versions(session.options())));
    offers.put(VendorId.NAME, new VendorId("Sluice", "Sluice", "0.1", 0).encode());
    return new Version(version.number(), offers);
  }

  /** The version that a client selects; null = not one of those offered. */
  static @Nullable SftpVersion version(String text, SftpServerSettings options) {
    return spoken(options)
        .filter(version -> Integer.toString(version.number()).equals(text))
        .findFirst()
        .orElse(null);
  }

  private static Map<String, String> openSsh(Session session) {
    boolean write = session.isWritable();
    Map<String, String> names = new LinkedHashMap<>();
    offer(names, write, PosixRename.NAME, "1");
    offer(names, session.has(Capability.SPACE), Statvfs.NAME, "2");
    offer(names, session.has(Capability.SPACE), Fstatvfs.NAME, "2");
    offer(names, write && session.has(Capability.HARD_LINKS), Hardlink.NAME, "1");
    offer(names, write, Fsync.NAME, "1");
    offer(names, write, Lsetstat.NAME, "1");
    offer(names, true, Limits.NAME, "1");
    offer(names, true, ExpandPath.NAME, "1");
    offer(names, write, CopyData.NAME, "1");
    offer(names, true, HomeDirectory.NAME, "1");
    offer(names, true, NamesById.NAME, "1");
    return names;
  }

  private static void offer(
      Map<String, String> names, boolean permitted, String name, String version) {
    if (permitted) {
      names.put(name, version);
    }
  }

  private static List<String> drafts(Session session) {
    return Stream.of(
            Optional.of(CheckFile.OFFER),
            Optional.of(Md5Hash.BY_NAME),
            Optional.of(Md5Hash.BY_HANDLE),
            Optional.of(TextSeek.NAME).filter(it -> session.version().atLeast(SftpVersion.V4)),
            Optional.of(TranslateNames.NAME).filter(it -> session.version() == SftpVersion.V6),
            Optional.of(SpaceAvailable.NAME).filter(it -> session.has(Capability.SPACE)),
            Optional.of(CopyFile.NAME)
                .filter(it -> session.isWritable() && session.has(Capability.COPY)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Supported supported(Session session, List<String> drafts) {
    Stream<String> asked =
        drafts.stream()
            .flatMap(
                it ->
                    it.equals(CheckFile.OFFER)
                        ? Stream.of(CheckFile.BY_NAME, CheckFile.BY_HANDLE)
                        : Stream.of(it));
    int attributes = session.version() == SftpVersion.V6 ? ATTRIBUTES_V6 : ATTRIBUTES_V5;
    return new Supported(
        session.has(Capability.SET_CREATED) ? attributes : attributes & ~CREATED,
        0,
        OPEN_FLAGS,
        ACCESS,
        session.options().limits().read(),
        Stream.concat(openSsh(session).keySet().stream(), asked).toList());
  }

  private static String versions(SftpServerSettings options) {
    return spoken(options)
        .map(version -> Integer.toString(version.number()))
        .collect(Collectors.joining(","));
  }

  private static Stream<SftpVersion> spoken(SftpServerSettings options) {
    return Stream.of(SftpVersion.values()).filter(options.highestVersion()::atLeast);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
