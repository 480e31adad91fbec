package dev.sluice.cli.status;

import dev.sluice.api.AtomicRefusal;
import dev.sluice.api.AuthenticationFailed;
import dev.sluice.api.ConnectFailed;
import dev.sluice.api.FileError;
import dev.sluice.api.FileFailure;
import dev.sluice.api.IncompleteListing;
import dev.sluice.api.PeerUntrusted;
import dev.sluice.api.ProtectionRefused;
import dev.sluice.api.RawName;
import dev.sluice.api.TimedOut;
import dev.sluice.api.TransferException;
import dev.sluice.server.account.NoSuchUser;
import dev.sluice.ssh.HostKeyRefused;
import dev.sluice.ssh.wire.DisconnectReason;
import dev.sluice.ssh.wire.SshViolation;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import reactor.core.Exceptions;

/** How the process ends. Scripts depend on these numbers. */
public final class ExitStatus {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int CANNOT_CONNECT = 3;
  public static final int LOGIN_REFUSED = 4;
  static final int NOT_FOUND_OR_NOT_PERMITTED = 5;

  /** Done as far as listings were understood; they hold more. */
  static final int INCOMPLETE_LISTING = 6;

  /** The connection was lost on the way, or the server was busy: the same again may succeed. */
  static final int TRY_AGAIN = 7;

  /** Ended by Ctrl-C: 128 plus SIGINT. For a process Java itself sets it. */
  static final int INTERRUPTED = 130;

  /**
   * The status that a shell reports for a program that writes into a closed pipe: 128 plus SIGPIPE.
   */
  public static final int CLOSED_PIPE = 141;

  private static final Set<FileError> ABOUT_THE_FILE =
      Set.of(
          FileError.NOT_FOUND,
          FileError.NOT_A_DIRECTORY,
          FileError.IS_A_DIRECTORY,
          FileError.NOT_A_FILE,
          FileError.PERMISSION_DENIED,
          FileError.READ_ONLY);

  /** The names of the steps of a connection before the login. */
  private static final Set<String> BEFORE_LOGIN = Set.of("connect", "greeting", "TLS handshake");

  private ExitStatus() {}

  /** All numbers and what they mean, as {@code --help} and the pages show them. */
  public static SortedMap<Integer, String> table() {
    SortedMap<Integer, String> table = new TreeMap<>();
    table.put(DONE, "done");
    table.put(FAILED, "failed");
    table.put(USAGE, "wrong usage");
    table.put(CANNOT_CONNECT, "cannot connect, does not trust the server, or cannot listen");
    table.put(LOGIN_REFUSED, "login refused");
    table.put(NOT_FOUND_OR_NOT_PERMITTED, "not found or not permitted");
    table.put(INCOMPLETE_LISTING, "done, but part of a listing was not understood");
    table.put(TRY_AGAIN, "cut on the way or busy: the same again may succeed");
    table.put(INTERRUPTED, "ended by Ctrl-C");
    table.put(CLOSED_PIPE, "the reader of standard output has gone");
    return table;
  }

  /** The status for a command that failed. */
  public static int of(Throwable failure) {
    Throwable cause = first(failure);
    if (cause instanceof ClosedPipe) {
      return CLOSED_PIPE;
    }
    if (cause instanceof Interrupted) {
      return INTERRUPTED;
    }
    if (cause instanceof IncompleteListing) {
      return INCOMPLETE_LISTING;
    }
    if (cause instanceof UsageError) {
      return USAGE;
    }
    if (cause instanceof ConnectFailed
        || cause instanceof PeerUntrusted
        || cause instanceof ProtectionRefused
        || cause instanceof SshViolation ssh && ssh.reason() == DisconnectReason.KEY_EXCHANGE_FAILED
        || isConnectTimeout(cause)) {
      return CANNOT_CONNECT;
    }
    if (cause instanceof AuthenticationFailed) {
      return LOGIN_REFUSED;
    }
    if (cause instanceof NoSuchUser) {
      return NOT_FOUND_OR_NOT_PERMITTED;
    }
    if (cause instanceof FileFailure file && ABOUT_THE_FILE.contains(file.error())) {
      return NOT_FOUND_OR_NOT_PERMITTED;
    }
    return cause instanceof TransferException known && known.isTransient() ? TRY_AGAIN : FAILED;
  }

  /** One line that says what went wrong and what to do. */
  public static String explain(Throwable failure) {
    Throwable cause = first(failure);
    String message = message(cause);
    int more = Exceptions.unwrapMultiple(Exceptions.unwrap(failure)).size() - 1;
    return RawName.escape(message) + hint(cause) + (more > 0 ? " (and " + more + " more)" : "");
  }

  /** In the words of the command line: no name of an error, options instead of methods. */
  private static String message(Throwable cause) {
    return cause instanceof FileFailure file ? ofFile(file) : PlainWords.of(cause);
  }

  private static String ofFile(FileFailure file) {
    String reason = AtomicRefusal.reason(file);
    return file.path().map(path -> path + ": ").orElse("")
        + PlainWords.of(reason)
        + (reason.equals(file.detail()) ? "" : " (see --in-place and --temp-name)");
  }

  /** A tree whose files failed for several reasons fails for the first. */
  private static Throwable first(Throwable failure) {
    List<Throwable> all = Exceptions.unwrapMultiple(Exceptions.unwrap(failure));
    return all.isEmpty() ? failure : Exceptions.unwrap(all.get(0));
  }

  private static String hint(Throwable cause) {
    if (cause instanceof HostKeyRefused) {
      return " (see --known-hosts, --host-key and --accept-new-host-key)";
    }
    if (cause instanceof PeerUntrusted) {
      return " (name its authority with --tls-ca FILE, or its key with --tls-pin PIN)";
    }
    if (cause instanceof AuthenticationFailed
        && String.valueOf(cause.getMessage()).contains("TLS")) {
      return " (show a certificate with --tls-cert FILE --tls-key FILE)";
    }
    if (cause instanceof AuthenticationFailed) {
      return " (check the user name, and the password in the URL or SLUICE_PASSWORD)";
    }
    if (cause instanceof ProtectionRefused && String.valueOf(cause.getMessage()).contains("AUTH")) {
      return " (the server offers no TLS here; ftp:// is without, and readable on the way)";
    }
    if (cause instanceof TimedOut late && late.step().contains("greeting")) {
      return " (where a server waits for TLS from the first octet, use ftps://)";
    }
    if (cause instanceof FileFailure file && file.error() == FileError.IS_A_DIRECTORY) {
      return " (use -r for a directory)";
    }
    if (cause instanceof FileFailure file && file.error() == FileError.NOT_FOUND) {
      return " (see what is there with: sluice ls)";
    }
    return "";
  }

  private static boolean isConnectTimeout(Throwable cause) {
    return cause instanceof TimedOut timeout
        && BEFORE_LOGIN.stream().anyMatch(timeout.step()::contains);
  }
}
