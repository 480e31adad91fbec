package dev.sluice.sftp.message;

import dev.sluice.sftp.SftpVersion;

/** What a name stands for (draft-ietf-secsh-filexfer-13 section 7.2), and its POSIX type bits. */
public enum FileType {
  REGULAR(1, 0100000),
  DIRECTORY(2, 0040000),
  SYMLINK(3, 0120000),
  SPECIAL(4, 0),
  UNKNOWN(5, 0),
  SOCKET(6, 0140000),
  CHAR_DEVICE(7, 0020000),
  BLOCK_DEVICE(8, 0060000),
  FIFO(9, 0010000);

  private static final int TYPE_BITS = 0170000;

  private final int number;
  private final int mode;

  FileType(int number, int mode) {
    this.number = number;
    this.mode = mode;
  }

  static FileType ofMode(long permissions) {
    int bits = (int) permissions & TYPE_BITS;
    for (FileType type : values()) {
      if (type.mode == bits && bits != 0) {
        return type;
      }
    }
    return UNKNOWN;
  }

  static FileType of(int number) {
    return number >= 1 && number <= values().length ? values()[number - 1] : UNKNOWN;
  }

  /** The bits of {@code st_mode} that hold the type; 0 where POSIX has none. */
  public int mode() {
    return mode;
  }

  int number(SftpVersion version) {
    boolean fine = version.atLeast(SftpVersion.V5);
    return !fine && number > UNKNOWN.number ? SPECIAL.number : number;
  }
}
