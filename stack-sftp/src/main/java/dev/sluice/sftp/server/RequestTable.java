package dev.sluice.sftp.server;

import dev.sluice.sftp.message.DraftExtension.CheckFile;
import dev.sluice.sftp.message.DraftExtension.CopyFile;
import dev.sluice.sftp.message.DraftExtension.Md5Hash;
import dev.sluice.sftp.message.DraftExtension.SpaceAvailable;
import dev.sluice.sftp.message.DraftExtension.TextSeek;
import dev.sluice.sftp.message.DraftExtension.TranslateNames;
import dev.sluice.sftp.message.Extended;
import dev.sluice.sftp.message.HandleRequest.Close;
import dev.sluice.sftp.message.HandleRequest.Fsetstat;
import dev.sluice.sftp.message.HandleRequest.Fstat;
import dev.sluice.sftp.message.HandleRequest.Readdir;
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
import dev.sluice.sftp.message.PathRequest.Link;
import dev.sluice.sftp.message.PathRequest.Lstat;
import dev.sluice.sftp.message.PathRequest.Mkdir;
import dev.sluice.sftp.message.PathRequest.Open;
import dev.sluice.sftp.message.PathRequest.Plain;
import dev.sluice.sftp.message.PathRequest.Realpath;
import dev.sluice.sftp.message.PathRequest.Rename;
import dev.sluice.sftp.message.PathRequest.Setstat;
import dev.sluice.sftp.message.PathRequest.Stat;
import dev.sluice.sftp.message.PathRequest.Symlink;
import dev.sluice.sftp.message.SftpRequest;
import dev.sluice.sftp.message.StatusCode;
import dev.sluice.sftp.server.Handler.Admitted;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The supported requests, except READ and WRITE. A new request is a new line here. */
final class RequestTable {
  private static final Map<Class<?>, Handler<?>> REQUESTS =
      Map.ofEntries(
          line(Open.class, FileRequests::open),
          line(Close.class, FileRequests::close),
          line(Fstat.class, FileRequests::fstat),
          line(Fsetstat.class, FileRequests::fsetstat),
          line(Stat.class, PathRequests::stat),
          line(Lstat.class, PathRequests::lstat),
          line(Setstat.class, PathRequests::setstat),
          line(Realpath.class, RealPathRequests::realpath),
          line(Rename.class, PathRequests::rename),
          line(Mkdir.class, DirectoryRequests::mkdir),
          line(Readdir.class, DirectoryRequests::readdir),
          line(Symlink.class, LinkRequests::symlink),
          line(Link.class, LinkRequests::link));

  private static final Map<Plain.Kind, Handler<Plain>> PLAIN =
      Map.of(
          Plain.Kind.OPENDIR, DirectoryRequests::opendir,
          Plain.Kind.REMOVE, PathRequests::remove,
          Plain.Kind.RMDIR, DirectoryRequests::rmdir,
          Plain.Kind.READLINK, LinkRequests::readlink);

  private static final Map<Class<?>, Handler<?>> EXTENSIONS =
      Map.ofEntries(
          line(PosixRename.class, PathRequests::posixRename),
          line(Hardlink.class, LinkRequests::hardlink),
          line(Lsetstat.class, PathRequests::lsetstat),
          line(ExpandPath.class, RealPathRequests::expandPath),
          line(Fsync.class, FileRequests::fsync),
          line(Statvfs.class, SystemRequests::statvfs),
          line(Fstatvfs.class, SystemRequests::fstatvfs),
          line(SpaceAvailable.class, SystemRequests::space),
          line(Limits.class, SystemRequests::limits),
          line(HomeDirectory.class, SystemRequests::home),
          line(NamesById.class, SystemRequests::namesById),
          line(CopyData.class, CopyRequests::copyData),
          line(CopyFile.class, CopyRequests::copyFile),
          line(CheckFile.class, DigestRequests::checkFile),
          line(Md5Hash.class, DigestRequests::md5),
          line(TextSeek.class, TextRequests::seek),
          line(TranslateNames.class, SystemRequests::translate));

  private RequestTable() {}

  /**
   * Finds the handler of a request.
   *
   * @throws Refusal {@code OP_UNSUPPORTED} if there is none
   */
  static Admitted admit(SftpRequest request, Session session) {
    if (request instanceof Extended extended) {
      Object extension = extended.extension();
      return admit(EXTENSIONS.get(extension.getClass()), request.id(), extension, session);
    }
    Handler<?> found =
        request instanceof Plain plain ? PLAIN.get(plain.kind()) : REQUESTS.get(request.getClass());
    return admit(found, request.id(), request, session);
  }

  /** The name of a request, for observers. */
  static String name(SftpRequest request) {
    if (request instanceof Plain plain) {
      return plain.kind().name();
    }
    return request instanceof Extended
        ? "EXTENDED"
        : request.getClass().getSimpleName().toUpperCase(Locale.ROOT);
  }

  private static <R> Map.Entry<Class<?>, Handler<?>> line(Class<R> kind, Handler<R> handler) {
    return Map.entry(kind, handler);
  }

  @SuppressWarnings("unchecked") // a handler is found by the class that it serves
  private static <R> Admitted admit(
      @Nullable Handler<?> found, int id, Object what, Session session) {
    if (found == null) {
      throw new Refusal(StatusCode.OP_UNSUPPORTED);
    }
    return ((Handler<R>) found).admit(id, (R) what, session);
  }
}
