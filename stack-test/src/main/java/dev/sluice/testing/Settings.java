package dev.sluice.testing;

import dev.sluice.api.storage.Storage;
import dev.sluice.ftp.server.FtpServer;
import dev.sluice.sftp.server.SftpServer;
import dev.sluice.transport.door.StaticUsers;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * What is set before the servers start.
 *
 * @param first whom the clients log in
 * @param users null = only {@code first}
 * @param files those of a new test
 * @param timer of delays
 */
record Settings(
    User first,
    @Nullable StaticUsers users,
    Supplier<Storage> files,
    UnaryOperator<FtpServer> ftp,
    UnaryOperator<SftpServer> sftp,
    Scheduler timer) {

  record User(String name, String password) {
    @Override
    public String toString() {
      return "User[" + name + "]";
    }
  }

  Settings withUser(User another) {
    return users == null
        ? new Settings(
            another,
            StaticUsers.none().with(another.name, another.password),
            files,
            ftp,
            sftp,
            timer)
        : new Settings(first, users.with(another.name, another.password), files, ftp, sftp, timer);
  }

  Settings withFiles(Supplier<Storage> newFiles) {
    return new Settings(first, users, newFiles, ftp, sftp, timer);
  }

  Settings withFtp(UnaryOperator<FtpServer> change) {
    UnaryOperator<FtpServer> before = ftp;
    return new Settings(
        first, users, files, server -> change.apply(before.apply(server)), sftp, timer);
  }

  Settings withSftp(UnaryOperator<SftpServer> change) {
    UnaryOperator<SftpServer> before = sftp;
    return new Settings(
        first, users, files, ftp, server -> change.apply(before.apply(server)), timer);
  }

  Settings withTimer(Scheduler newTimer) {
    return new Settings(first, users, files, ftp, sftp, newTimer);
  }

  StaticUsers everybody() {
    return users == null ? StaticUsers.of(first.name, first.password) : users;
  }
}
