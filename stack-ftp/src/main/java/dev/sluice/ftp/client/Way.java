package dev.sluice.ftp.client;

import dev.sluice.api.ConnectFailed;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.PeerMisbehaved;
import dev.sluice.api.ProtectionRefused;
import dev.sluice.api.TimedOut;
import dev.sluice.ftp.FtpMeans;
import java.net.Inet6Address;
import java.util.Set;

/**
 * One of several ways to the same end. The constants of each kind are in order: the best comes
 * first.
 */
sealed interface Way {

  /** Whether this server may have it, and this client may use it. */
  boolean isOpen(Conversation conversation);

  /**
   * Whether {@code cause} means that the way does not work here. Otherwise it is the answer, and
   * another way would give the same.
   */
  default boolean yieldsTo(Throwable cause) {
    return isRefusal(cause);
  }

  /** Whether the session goes on after {@code cause}, so that there is something else to try. */
  static boolean isRefusal(Throwable cause) {
    return cause instanceof FileFailure
        || cause instanceof PeerMisbehaved
        || cause instanceof ConnectFailed
        || cause instanceof ProtectionRefused
        || cause instanceof TimedOut;
  }

  private static boolean is(Throwable cause, Set<FileError> errors) {
    return cause instanceof FileFailure failure && errors.contains(failure.error());
  }

  private static boolean allows(Conversation conversation, FtpMeans means) {
    return !conversation.options.dialogue().avoided().contains(means);
  }

  private static boolean hasFacts(Conversation conversation) {
    return conversation.server.features.mayHave("MLST") && allows(conversation, FtpMeans.MLSD);
  }

  /** To the facts of one name. */
  enum ToEntry implements Way {
    /** For programs (RFC 3659 section 7). */
    MLST {
      @Override
      public boolean isOpen(Conversation conversation) {
        return hasFacts(conversation);
      }
    },
    /** SIZE and MDTM of a file; CWD finds a directory. */
    SIZE {
      @Override
      public boolean isOpen(Conversation conversation) {
        return conversation.server.features.mayHave("SIZE");
      }
    },
    /** CWD finds a directory; a listing of the parent finds the rest. */
    PARENT {
      @Override
      public boolean isOpen(Conversation conversation) {
        return true;
      }
    };

    @Override
    public boolean yieldsTo(Throwable cause) {
      return is(cause, Set.of(FileError.UNSUPPORTED));
    }
  }

  /** To what is in a directory. */
  enum ToListing implements Way {
    /** For programs (RFC 3659 section 7). */
    MLSD {
      @Override
      public boolean isOpen(Conversation conversation) {
        return hasFacts(conversation);
      }

      @Override
      public boolean yieldsTo(Throwable cause) {
        return is(
            cause,
            Set.of(FileError.UNSUPPORTED, FileError.BUSY, FileError.IO_ERROR, FileError.NOT_FOUND));
      }
    },
    /** For people, in whatever format the server has. */
    LIST {
      @Override
      public boolean isOpen(Conversation conversation) {
        return allows(conversation, FtpMeans.LIST);
      }
    },
    /** The names alone; SIZE, MDTM and CWD find what they are. */
    NLST {
      @Override
      public boolean isOpen(Conversation conversation) {
        return true;
      }
    };

    @Override
    public boolean yieldsTo(Throwable cause) {
      return is(cause, Set.of(FileError.UNSUPPORTED));
    }
  }

  /** To a data connection that the client opens. */
  enum ToData implements Way {
    /** The port alone (RFC 2428). */
    EPSV {
      @Override
      public boolean isOpen(Conversation conversation) {
        return allows(conversation, FtpMeans.EPSV);
      }
    },
    /** Address and port (RFC 959); the address has four octets. */
    PASV {
      @Override
      public boolean isOpen(Conversation conversation) {
        boolean ipv6 = conversation.control.peer().getAddress() instanceof Inet6Address;
        return !ipv6 && allows(conversation, FtpMeans.PASV);
      }
    }
  }

  /**
   * To a new time of a file. Commands that the server lists come before those that it may have
   * without listing them.
   */
  enum ToTime implements Way {
    /** Its own command. */
    MFMT {
      @Override
      public boolean isOpen(Conversation conversation) {
        return conversation.server.features.lists("MFMT") && allows(conversation, FtpMeans.MFMT);
      }
    },
    /** One of several facts. */
    MFF {
      @Override
      public boolean isOpen(Conversation conversation) {
        return conversation.server.features.canSet("MODIFY") && allows(conversation, FtpMeans.MFF);
      }
    },
    /** SITE UTIME of a server that lists it. */
    LISTED_UTIME {
      @Override
      public boolean isOpen(Conversation conversation) {
        return listsUtime(conversation) && allows(conversation, FtpMeans.SITE_UTIME);
      }
    },
    /** The form {@code MDTM time path} of some servers, which none lists. */
    MDTM {
      @Override
      public boolean isOpen(Conversation conversation) {
        return mayGuess(conversation) && allows(conversation, FtpMeans.MDTM);
      }
    },
    /** SITE UTIME of a server that does not list it. */
    UTIME {
      @Override
      public boolean isOpen(Conversation conversation) {
        return mayGuess(conversation)
            && !listsUtime(conversation)
            && allows(conversation, FtpMeans.SITE_UTIME);
      }
    };

    private static boolean listsUtime(Conversation conversation) {
      return conversation.server.features.parameter("SITE").contains("UTIME");
    }

    private static boolean mayGuess(Conversation conversation) {
      return conversation.options.dialogue().tryUnlisted()
          && conversation.server.features.mayHave("MDTM");
    }
  }

  /** To the beginning of TLS. */
  enum ToTls implements Way {
    /** As RFC 4217 defines it. */
    AUTH_TLS {
      @Override
      public boolean isOpen(Conversation conversation) {
        return allows(conversation, FtpMeans.AUTH_TLS);
      }
    },
    /** As older servers do it. */
    AUTH_SSL {
      @Override
      public boolean isOpen(Conversation conversation) {
        return allows(conversation, FtpMeans.AUTH_SSL);
      }
    }
  }
}
