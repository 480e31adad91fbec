package dev.sluice.ftp;

import java.util.Locale;
import java.util.Optional;

/** The formats in which servers list directories. */
public enum Dialect {
  /** {@code ls -l}. */
  UNIX,
  /** {@code dir}, as IIS prints it. */
  DOS,
  /** OpenVMS, with versions, sizes in blocks and entries over two lines. */
  VMS,
  /** IBM i. */
  OS400,
  /** z/OS: data sets, and members of a partitioned data set. */
  MVS,
  /** NetWare, with rights in brackets. */
  NETWARE,
  /** Easily parsed LIST format. */
  EPLF,
  /** z/VM: minidisks, shared file system, byte file system. */
  ZVM,
  /** HP NonStop (Tandem Guardian). */
  NONSTOP,
  /** IBM OS/2. */
  OS2,
  /** Microware OS-9. */
  OS9,
  /** VxWorks, as in routers of Nortel. */
  VXWORKS,
  /** WFFTP of routers of Nortel. */
  WFFTP,
  /** VShell before version 3. */
  VSHELL,
  /** Modes in octal and times in seconds. */
  NUMERIC,
  /** {@code MLSD} (RFC 3659 section 7); never detected, always chosen. */
  MLSD;

  /** The format that a server with this reply to SYST is likely to use; empty = not known. */
  public static Optional<Dialect> ofSystem(String syst) {
    String text = syst.toUpperCase(Locale.ROOT);
    if (text.contains("OS/400") || text.contains("OS400")) {
      return Optional.of(OS400);
    }
    if (text.contains("WINDOWS") || text.contains("WIN32") || text.contains("DOS")) {
      return Optional.of(DOS);
    }
    if (text.contains("NETWARE")) {
      return Optional.of(NETWARE);
    }
    if (text.contains("VMS")) {
      return Optional.of(VMS);
    }
    if (text.contains("MVS") || text.contains("Z/OS") || text.contains("OS/390")) {
      return Optional.of(MVS);
    }
    if (text.contains("Z/VM") || text.contains("VM/ESA") || text.startsWith("VM ")) {
      return Optional.of(ZVM);
    }
    if (text.contains("NONSTOP") || text.contains("TANDEM") || text.contains("GUARDIAN")) {
      return Optional.of(NONSTOP);
    }
    if (text.contains("OS/2")) {
      return Optional.of(OS2);
    }
    if (text.contains("UNIX") || text.contains("MACOS") || text.contains("LINUX")) {
      return Optional.of(UNIX);
    }
    return Optional.empty();
  }
}
