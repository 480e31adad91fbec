package dev.sluice.sftp.message;

import static java.util.Map.entry;

import io.netty.buffer.ByteBuf;
import java.util.Map;

/**
 * The extensions that are known here, by the name in the request. A new extension is one more line.
 */
final class Extensions {
  private interface Decoder {
    Extension decode(ByteBuf in, Dialect dialect);
  }

  private static final Map<String, Decoder> DECODERS =
      Map.ofEntries(
          entry(
              OpenSshExtension.PosixRename.NAME,
              (in, dialect) -> OpenSshExtension.PosixRename.decode(in)),
          entry(
              OpenSshExtension.Statvfs.NAME, (in, dialect) -> OpenSshExtension.Statvfs.decode(in)),
          entry(
              OpenSshExtension.Fstatvfs.NAME,
              (in, dialect) -> OpenSshExtension.Fstatvfs.decode(in)),
          entry(
              OpenSshExtension.Hardlink.NAME,
              (in, dialect) -> OpenSshExtension.Hardlink.decode(in)),
          entry(OpenSshExtension.Fsync.NAME, (in, dialect) -> OpenSshExtension.Fsync.decode(in)),
          entry(OpenSshExtension.Lsetstat.NAME, OpenSshExtension.Lsetstat::decode),
          entry(OpenSshExtension.Limits.NAME, (in, dialect) -> new OpenSshExtension.Limits()),
          entry(
              OpenSshExtension.ExpandPath.NAME,
              (in, dialect) -> OpenSshExtension.ExpandPath.decode(in)),
          entry(
              OpenSshExtension.CopyData.NAME,
              (in, dialect) -> OpenSshExtension.CopyData.decode(in)),
          entry(DraftExtension.CopyFile.NAME, (in, dialect) -> DraftExtension.CopyFile.decode(in)),
          entry(
              OpenSshExtension.HomeDirectory.NAME,
              (in, dialect) -> OpenSshExtension.HomeDirectory.decode(in)),
          entry(
              OpenSshExtension.NamesById.NAME,
              (in, dialect) -> OpenSshExtension.NamesById.decode(in)),
          entry(
              DraftExtension.CheckFile.BY_NAME,
              (in, dialect) -> DraftExtension.CheckFile.decodeName(in)),
          entry(
              DraftExtension.CheckFile.BY_HANDLE,
              (in, dialect) -> DraftExtension.CheckFile.decodeHandle(in)),
          entry(
              DraftExtension.Md5Hash.BY_NAME,
              (in, dialect) -> DraftExtension.Md5Hash.decodeName(in)),
          entry(
              DraftExtension.Md5Hash.BY_HANDLE,
              (in, dialect) -> DraftExtension.Md5Hash.decodeHandle(in)),
          entry(
              DraftExtension.SpaceAvailable.NAME,
              (in, dialect) -> DraftExtension.SpaceAvailable.decode(in)),
          entry(
              DraftExtension.VersionSelect.NAME,
              (in, dialect) -> DraftExtension.VersionSelect.decode(in)),
          entry(DraftExtension.TextSeek.NAME, (in, dialect) -> DraftExtension.TextSeek.decode(in)),
          entry(
              DraftExtension.TranslateNames.NAME,
              (in, dialect) -> DraftExtension.TranslateNames.decode(in)));

  private Extensions() {}

  static Extension decode(String name, ByteBuf in, Dialect dialect) {
    Decoder decoder = DECODERS.get(name);
    return decoder == null ? new Extension.Unknown(name) : decoder.decode(in, dialect);
  }
}
