package dev.sluice.server.account;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the users of other servers. Lines that cannot be read become users with nothing but a
 * reason.
 */
public enum ForeignUsers {
  /** Lines of a name, a colon and a hash, as htpasswd of Apache writes them. */
  HTPASSWD {
    @Override
    List<ForeignUser> parse(String text) {
      List<ForeignUser> users = new ArrayList<>();
      List<String> lines = text.lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        if (!line.isEmpty() && !line.startsWith("#")) {
          int colon = line.indexOf(':');
          users.add(
              colon < 1
                  ? unreadable(i + 1, "is no name, a colon and a hash")
                  : hashed(i + 1, line.substring(0, colon), line.substring(colon + 1)));
        }
      }
      return users;
    }
  },

  /** A name on one line, its password on the next: what db_load makes the list of vsftpd of. */
  VSFTPD {
    @Override
    List<ForeignUser> parse(String text) {
      List<ForeignUser> users = new ArrayList<>();
      List<String> lines = text.lines().toList();
      for (int i = 0; i < lines.size(); i += 2) {
        String password = i + 1 < lines.size() ? lines.get(i + 1) : "";
        if (password.isEmpty() && lines.get(i).isBlank()) {
          continue;
        }
        users.add(
            password.isEmpty()
                ? unreadable(i + 1, "has a name and no password after it")
                : new ForeignUser(
                    i + 1,
                    lines.get(i),
                    Map.of(PASSWORD, PasswordHash.of(password).text()),
                    Map.of(),
                    List.of()));
      }
      return users;
    }
  },

  /** The JSON of a backup, as {@code dumpdata} of SFTPGo makes it. */
  SFTPGO {
    @Override
    List<ForeignUser> parse(String text) {
      return SftpGoUsers.parse(text);
    }
  };

  private static final String PASSWORD = "password";
  private static final int MOST_OCTETS = 64 << 20;

  /**
   * The users in a file. For vsftpd, hashing takes tens of milliseconds each.
   *
   * @throws IllegalArgumentException if the file is not of this format, or has more than 64 MiB
   */
  public List<ForeignUser> read(Path file) throws IOException {
    if (Files.size(file) > MOST_OCTETS) {
      throw new IllegalArgumentException(file + " is larger than 64 MiB; split it");
    }
    return parse(Files.readString(file, StandardCharsets.UTF_8));
  }

  abstract List<ForeignUser> parse(String text);

  /** A user with a hash; without a password if the hash is not understood. */
  static ForeignUser hashed(int line, String name, String hash) {
    Map<String, Object> entry = new LinkedHashMap<>();
    List<String> lost = new ArrayList<>();
    password(hash, entry, lost);
    return new ForeignUser(line, name, entry, Map.of(), lost);
  }

  static void password(String hash, Map<String, Object> entry, List<String> lost) {
    try {
      entry.put(PASSWORD, PasswordHash.parse(hash).text());
    } catch (IllegalArgumentException e) {
      lost.add("the password " + e.getMessage() + "; set one with passwd");
    }
  }

  /** A user without a name, who is never added. */
  private static ForeignUser unreadable(int line, String reason) {
    return new ForeignUser(line, "", Map.of(), Map.of(), List.of(reason));
  }
}
