package dev.sluice.sftp.message;

import static dev.sluice.sftp.SftpVersion.V3;
import static dev.sluice.sftp.SftpVersion.V4;
import static dev.sluice.sftp.SftpVersion.V5;
import static dev.sluice.sftp.SftpVersion.V6;

import dev.sluice.sftp.SftpVersion;
import java.util.Optional;

/**
 * How a request ended (draft-ietf-secsh-filexfer-13 section 9.1): the number, the first version
 * that has it, and what older ones get instead. Constants are in the order of their numbers.
 */
public enum StatusCode {
  OK(0, V3, 0, "ok"),
  EOF(1, V3, 1, "end of file"),
  NO_SUCH_FILE(2, V3, 2, "no such file"),
  PERMISSION_DENIED(3, V3, 3, "permission denied"),
  FAILURE(4, V3, 4, "failure"),
  BAD_MESSAGE(5, V3, 5, "bad message"),
  NO_CONNECTION(6, V3, 4, "no connection"),
  CONNECTION_LOST(7, V3, 4, "connection lost"),
  OP_UNSUPPORTED(8, V3, 8, "not supported"),
  INVALID_HANDLE(9, V4, 4, "invalid handle"),
  NO_SUCH_PATH(10, V4, 2, "no such path"),
  FILE_ALREADY_EXISTS(11, V4, 4, "already exists"),
  WRITE_PROTECT(12, V4, 3, "write protected"),
  NO_MEDIA(13, V4, 4, "no media"),
  NO_SPACE_ON_FILESYSTEM(14, V5, 4, "no space left"),
  QUOTA_EXCEEDED(15, V5, 4, "quota exceeded"),
  UNKNOWN_PRINCIPAL(16, V5, 4, "unknown owner or group"),
  LOCK_CONFLICT(17, V5, 4, "in use"),
  DIR_NOT_EMPTY(18, V6, 4, "directory not empty"),
  NOT_A_DIRECTORY(19, V6, 2, "not a directory"),
  INVALID_FILENAME(20, V6, 5, "invalid name"),
  LINK_LOOP(21, V6, 2, "too many links"),
  CANNOT_DELETE(22, V6, 4, "cannot be deleted"),
  INVALID_PARAMETER(23, V6, 5, "invalid parameter"),
  FILE_IS_A_DIRECTORY(24, V6, 4, "is a directory"),
  BYTE_RANGE_LOCK_CONFLICT(25, V6, 4, "locked"),
  BYTE_RANGE_LOCK_REFUSED(26, V6, 4, "lock refused"),
  DELETE_PENDING(27, V6, 4, "delete pending"),
  FILE_CORRUPT(28, V6, 4, "corrupt"),
  OWNER_INVALID(29, V6, 16, "unknown owner"),
  GROUP_INVALID(30, V6, 16, "unknown group"),
  NO_MATCHING_BYTE_RANGE_LOCK(31, V6, 4, "no such lock");

  private final int number;
  private final SftpVersion first;
  private final int before;
  private final String text;

  StatusCode(int number, SftpVersion first, int before, String text) {
    this.number = number;
    this.first = first;
    this.before = before;
    this.text = text;
  }

  /** The code with this number; empty = none that is known here. */
  public static Optional<StatusCode> of(long number) {
    return number >= 0 && number < values().length
        ? Optional.of(values()[(int) number])
        : Optional.empty();
  }

  public int number() {
    return number;
  }

  /** A few words for people. */
  public String text() {
    return text;
  }

  /** This code or, if {@code version} does not have it, the one used instead. */
  public StatusCode in(SftpVersion version) {
    boolean local = this == NO_CONNECTION || this == CONNECTION_LOST; // never on the wire
    return version.atLeast(first) && !local ? this : values()[before].in(version);
  }
}
