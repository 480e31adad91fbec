package dev.sluice.api;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The name of an upload until it is complete: a pattern in which {@code {name}} stands for the name
 * of the file and {@code {random}} for sixteen hexadecimal digits. A pattern may begin with a
 * directory, relative to that of the file: {@code .tmp/{name}}. Without {@code {random}}, two
 * concurrent uploads of one file write into each other.
 *
 * @param pattern holds {@code {name}} once
 */
public record TemporaryName(String pattern) {
  /** {@code NAME.RANDOM.part}, next to the file. */
  public static final TemporaryName DEFAULT = new TemporaryName("{name}.{random}.part");

  private static final String NAME = "{name}";
  private static final String RANDOM = "{random}";

  /** Length of a name that servers are known to accept, in octets. */
  private static final int LONGEST_NAME = 255;

  public TemporaryName {
    int at = pattern.indexOf(NAME);
    if (at < 0 || pattern.indexOf(NAME, at + 1) >= 0) {
      throw new IllegalArgumentException("a temporary name holds " + NAME + " once: " + pattern);
    }
    if (pattern.equals(NAME) || pattern.endsWith("/") || pattern.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("not the pattern of a temporary name: " + pattern);
    }
    if (pattern.lastIndexOf('/') > at) {
      throw new IllegalArgumentException(NAME + " stands in the last element: " + pattern);
    }
  }

  /** A temporary name for {@code file}, unused if the pattern contains {@code {random}}. */
  public RemotePath of(RemotePath file) {
    String random = String.format("%016x", ThreadLocalRandom.current().nextLong());
    String around = pattern.replace(RANDOM, random);
    int room = LONGEST_NAME - RawName.encode(around.substring(around.lastIndexOf('/') + 1)).length;
    String name = RawName.encode(file.name()).length <= room + NAME.length() ? file.name() : "file";
    return file.parent().resolve(around.replace(NAME, name));
  }

  /** Whether an entry called {@code name} may be a temporary file of this pattern. */
  public boolean matches(String name) {
    String last = pattern.substring(pattern.lastIndexOf('/') + 1);
    String regex =
        Pattern.quote(last).replace(NAME, "\\E.+\\Q").replace(RANDOM, "\\E[0-9a-f]{16}\\Q");
    return Pattern.compile(regex, Pattern.DOTALL).matcher(name).matches();
  }
}
