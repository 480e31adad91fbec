package dev.sluice.sftp.message;

/** Flags of attributes from version 4 on (draft-ietf-secsh-filexfer-13 section 7.1). */
public final class AttributeFlags {
  public static final int SIZE = 0x1;
  public static final int PERMISSIONS = 0x4;
  public static final int ACCESSED = 0x8;
  public static final int CREATED = 0x10;
  public static final int MODIFIED = 0x20;
  public static final int OWNER = 0x80;
  public static final int SUBSECOND = 0x100;
  public static final int LINKS = 0x2000;

  private AttributeFlags() {}
}
