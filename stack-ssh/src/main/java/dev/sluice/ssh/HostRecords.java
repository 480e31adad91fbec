package dev.sluice.ssh;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that say which host keys to trust. All of them together judge a key: if it is changed
 * or revoked in one file, another file that does not know the host does not outweigh that. Files
 * that do not exist are empty, except those of revoked keys.
 *
 * @param user known_hosts files; keys are added to the first
 * @param global known_hosts files that are never written to
 * @param revoked files of revoked keys, as a KRL of {@code ssh-keygen -k} or one key per line; a
 *     file that cannot be read revokes every key
 * @param hashed whether the host's name is hashed in lines that are added
 */
public record HostRecords(List<Path> user, List<Path> global, List<Path> revoked, boolean hashed) {

  public HostRecords {
    user = List.copyOf(user);
    global = List.copyOf(global);
    revoked = List.copyOf(revoked);
  }

  /** Records in known_hosts files of the user. */
  public static HostRecords in(Path... files) {
    return new HostRecords(List.of(files), List.of(), List.of(), false);
  }

  /** The same with other known_hosts files of the user. */
  public HostRecords withUser(List<Path> files) {
    return new HostRecords(files, global, revoked, hashed);
  }

  /** The same with known_hosts files that are never written to. */
  public HostRecords withGlobal(List<Path> files) {
    return new HostRecords(user, files, revoked, hashed);
  }

  /** The same with files of revoked keys. */
  public HostRecords withRevoked(List<Path> files) {
    return new HostRecords(user, global, files, hashed);
  }

  /** The same with names hashed, or not, in lines that are added. */
  public HostRecords withHashed(boolean nowHashed) {
    return new HostRecords(user, global, revoked, nowHashed);
  }

  /** All known_hosts files. */
  public List<Path> files() {
    return Stream.concat(user.stream(), global.stream()).distinct().toList();
  }
}
