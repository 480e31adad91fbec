package dev.sluice.sftp.message;

/**
 * How a file is opened, in the terms of versions 5 and 6 (draft-ietf-secsh-filexfer-13 section
 * 8.1.1); {@link #fromPflags} and {@link #toPflags} translate those of versions 3 and 4.
 *
 * @param access what will be done with the handle, bits of an ACE mask
 * @param flags the disposition in the low three bits, and more
 */
public record OpenHow(int access, int flags) {
  public static final int READ_DATA = 0x1;
  public static final int WRITE_DATA = 0x2;
  public static final int APPEND_DATA = 0x4;
  public static final int READ_ATTRIBUTES = 0x80;
  public static final int WRITE_ATTRIBUTES = 0x100;
  public static final int DELETE = 0x10000;
  public static final int SYNCHRONIZE = 0x100000;

  public static final int FLAG_APPEND = 0x8;
  public static final int FLAG_APPEND_ATOMIC = 0x10;
  public static final int FLAG_TEXT = 0x20;
  public static final int FLAG_BLOCK_READ = 0x40;
  public static final int FLAG_BLOCK_WRITE = 0x80;
  public static final int FLAG_BLOCK_DELETE = 0x100;
  public static final int FLAG_BLOCK_ADVISORY = 0x200;
  public static final int FLAG_NOFOLLOW = 0x400;
  public static final int FLAG_DELETE_ON_CLOSE = 0x800;

  private static final int DISPOSITION = 0x7;
  private static final int PFLAG_READ = 0x1;
  private static final int PFLAG_WRITE = 0x2;
  private static final int PFLAG_APPEND = 0x4;
  private static final int PFLAG_CREAT = 0x8;
  private static final int PFLAG_TRUNC = 0x10;
  private static final int PFLAG_EXCL = 0x20;
  private static final int PFLAG_TEXT = 0x40;

  /** What happens to a file that exists, and to one that does not. */
  public enum Disposition {
    CREATE_NEW(0),
    CREATE_TRUNCATE(1),
    OPEN_EXISTING(2),
    OPEN_OR_CREATE(3),
    TRUNCATE_EXISTING(4),
    /** A number that no draft has. */
    UNKNOWN(5);

    private final int number;

    Disposition(int number) {
      this.number = number;
    }
  }

  /** Reads what is there. */
  public static OpenHow reading() {
    return new OpenHow(READ_DATA | READ_ATTRIBUTES, Disposition.OPEN_EXISTING.number);
  }

  public static OpenHow writing(Disposition disposition) {
    return new OpenHow(WRITE_DATA | WRITE_ATTRIBUTES, disposition.number);
  }

  public static OpenHow readWriting(Disposition disposition) {
    return new OpenHow(
        READ_DATA | WRITE_DATA | READ_ATTRIBUTES | WRITE_ATTRIBUTES, disposition.number);
  }

  public OpenHow with(int moreFlags) {
    return new OpenHow(
        (moreFlags & FLAG_APPEND) != 0 ? access | APPEND_DATA : access, flags | moreFlags);
  }

  /** The same, not as text. */
  public OpenHow asBinary() {
    return new OpenHow(access, flags & ~FLAG_TEXT);
  }

  public Disposition disposition() {
    return Disposition.values()[Math.min(flags & DISPOSITION, Disposition.UNKNOWN.number)];
  }

  public boolean reads() {
    return (access & READ_DATA) != 0;
  }

  public boolean writes() {
    return (access & (WRITE_DATA | APPEND_DATA)) != 0;
  }

  public boolean appends() {
    return has(FLAG_APPEND) || has(FLAG_APPEND_ATOMIC);
  }

  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** EXCL without CREAT has no effect; neither READ nor WRITE means READ, as in OpenSSH. */
  static OpenHow fromPflags(int pflags) {
    boolean write = (pflags & PFLAG_WRITE) != 0;
    boolean create = (pflags & PFLAG_CREAT) != 0;
    boolean truncate = (pflags & PFLAG_TRUNC) != 0;
    Disposition disposition;
    if (create && (pflags & PFLAG_EXCL) != 0) {
      disposition = Disposition.CREATE_NEW;
    } else if (create) {
      disposition = truncate ? Disposition.CREATE_TRUNCATE : Disposition.OPEN_OR_CREATE;
    } else {
      disposition = truncate ? Disposition.TRUNCATE_EXISTING : Disposition.OPEN_EXISTING;
    }
    OpenHow how;
    if (!write) {
      how = new OpenHow(READ_DATA | READ_ATTRIBUTES, disposition.number);
    } else {
      how = (pflags & PFLAG_READ) != 0 ? readWriting(disposition) : writing(disposition);
    }
    int more =
        (write && (pflags & PFLAG_APPEND) != 0 ? FLAG_APPEND : 0)
            | ((pflags & PFLAG_TEXT) != 0 ? FLAG_TEXT : 0);
    return how.with(more);
  }

  int toPflags() {
    int create =
        switch (disposition()) {
          case CREATE_NEW -> PFLAG_CREAT | PFLAG_EXCL;
          case CREATE_TRUNCATE -> PFLAG_CREAT | PFLAG_TRUNC;
          case OPEN_OR_CREATE -> PFLAG_CREAT;
          case TRUNCATE_EXISTING -> PFLAG_TRUNC;
          case OPEN_EXISTING, UNKNOWN -> 0;
        };
    return create
        | (reads() ? PFLAG_READ : 0)
        | (writes() ? PFLAG_WRITE : 0)
        | (appends() ? PFLAG_APPEND : 0)
        | (has(FLAG_TEXT) ? PFLAG_TEXT : 0);
  }
}
