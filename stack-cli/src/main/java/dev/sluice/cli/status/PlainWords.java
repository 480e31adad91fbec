package dev.sluice.cli.status;

import dev.sluice.api.Failures;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Messages of the library, of Java and of the system in the words of the command line: options
 * instead of methods, and no names of classes or of system calls.
 */
public final class PlainWords {
  /** What a caller of the library can do, and the option that does it. */
  private static final Map<String, String> OPTIONS = options();

  private static final String SETTINGS =
      "(?<![/\\w])(?:Ftp(?:Server)?(?:Data|Dialogue|Limits|Listing|Security|Timeouts|Tls|Uploads)"
          + "|ListingOptions|InflateLimit|Sftp(?:Server)?(?:Flow|Limits|Uploads|Versions)"
          + "|Ssh(?:Server)?(?:Algorithms|Authentication|Limits|Security|Timeouts)"
          + "|SessionLimits|LoginLimits|Transport|TlsClientOptions|TlsServerOptions|CopyOptions"
          + "|LocalStorage|QuotaStorage|WriteMode|ReadOptions)"
          + "\\.(?!java\\b|class\\b)[a-z]\\w*(?:\\([^)]{0,64}\\))?";
  private static final String SETTER =
      "(?<![/\\w.])with[A-Z]\\w*+(?:\\([^)]{0,64}\\))?(?: of the client's options)?";
  private static final String NAME = "(?:" + SETTINGS + "|" + SETTER + ")";

  /** A remedy that is a method only, with the words around it. */
  private static final Pattern REMEDY =
      Pattern.compile(
          " \\((?:see |unless )?"
              + NAME
              + "(?: sets another)?\\)|[;,] (?:allow it by )?"
              + NAME
              + "(?= |$|[;,.)])|(?: to| by)? "
              + NAME
              + " or(?= )| or(?: to| by)? "
              + NAME
              + "|"
              + NAME);

  /** {@code java.io.IOException: }, also in the middle. */
  private static final Pattern CLASS =
      Pattern.compile(
          "(?<![/\\w.])(?:(?:java|javax|jdk|sun|com\\.sun|io\\.netty|reactor|org\\.bouncycastle|dev\\.sluice)(?:\\.[a-z]\\w*+)*+\\.)?+([A-Z][A-Za-z$]*?)(?:Exception|Error)(?![\\w.]|-)(?::"
              + " )?+");

  /** Netty names the function of the system that failed. */
  private static final Pattern CALL =
      Pattern.compile(
          "(?:syscall:)?\\b[a-zA-Z]++\\(\\.\\.\\)(?: failed)?+(?: with error\\(-?[0-9]++\\))?+:?"
              + " ?+");

  /** What a class says that its message does not. */
  private static final Map<String, String> MEANING =
      Map.of(
          "NoSuchFile", "no such file: ",
          "FileNotFound", "no such file: ",
          "AccessDenied", "permission denied: ",
          "FileAlreadyExists", "exists already: ",
          "NotDirectory", "not a directory: ",
          "DirectoryNotEmpty", "the directory is not empty: ",
          "UnknownHost", "no address is known for this name: ",
          "FileSystemLoop", "too many symbolic links: ");

  private PlainWords() {}

  private static String named(String name) {
    return MEANING.getOrDefault(name, "");
  }

  /** What went wrong, by its message, by its kind where that says nothing, or by its cause. */
  public static String of(Throwable failure) {
    Throwable cause = failure.getCause();
    if (failure instanceof UncheckedIOException
        && cause != null
        && String.valueOf(failure.getMessage()).equals(cause.toString())) {
      return of(cause);
    }
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return Failures.line(failure);
    }
    String kind = failure.getClass().getSimpleName().replaceFirst("Exception$", "");
    boolean isPath = failure instanceof FileSystemException file && file.getReason() == null;
    return (isPath || failure instanceof UnknownHostException ? named(kind) : "") + of(message);
  }

  private static Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("FtpData.withTruncationTolerated", "--tls-tolerate-truncation");
    options.put(
        "SftpUploads.withRemoveThenRename allows a gap", "--in-place writes into the file itself");
    options.put(
        "--legacy, (\\w+) in ssh_config, or withDangerouslyOldOnes\\(\\) of SshAlgorithms",
        "--legacy or $1 in ssh_config");
    options.put(": call hostKeys\\(\\.\\.\\.\\)", " (see --host-key)");
    options.put(": call hostKey\\(\\.\\.\\.\\)", " (see --host-keys)");
    options.put("WriteMode.inPlace\\(\\) writes", "--in-place writes");
    options.put("withTemporaryName of the client's options chooses", "--temp-name chooses");
    return options;
  }

  /** {@code message} for a person at a terminal or in front of a log. */
  public static String of(String message) {
    String words = message;
    for (Map.Entry<String, String> each : OPTIONS.entrySet()) {
      words = words.replaceAll(each.getKey(), each.getValue());
    }
    words = REMEDY.matcher(words).replaceAll("");
    words = CLASS.matcher(words).replaceAll(match -> named(match.group(1)));
    return CALL.matcher(words).replaceAll("");
  }
}
