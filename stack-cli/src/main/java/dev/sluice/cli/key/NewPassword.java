package dev.sluice.cli.key;

import dev.sluice.cli.output.Terminal;
import dev.sluice.cli.status.PlainWords;
import dev.sluice.cli.status.UsageError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A password that somebody will log in with: typed twice on a terminal, otherwise the one line of
 * standard input.
 */
public final class NewPassword {
  private static final int LONGEST = 1024;

  private NewPassword() {}

  /** {@link UsageError} if there is none, if it is too long, or if what was typed differs. */
  public static String chosen(InputStream input) {
    String typed = Terminal.askPassword("Password: ");
    if (typed == null) {
      return checked(piped(input));
    }
    if (!typed.equals(Terminal.askPassword("The same password again: "))) {
      throw new UsageError("the two passwords differ");
    }
    return checked(typed);
  }

  private static String piped(InputStream input) {
    try {
      byte[] octets = input.readNBytes(LONGEST + 2);
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(octets))
          .toString()
          .replaceFirst("\r?\n$", "");
    } catch (CharacterCodingException e) {
      throw new UsageError("the password on standard input is no UTF-8");
    } catch (IOException e) {
      throw new UsageError("cannot read the password: " + PlainWords.of(e));
    }
  }

  private static String checked(String password) {
    if (password.isEmpty()) {
      throw new UsageError("there is no password on standard input");
    }
    if (password.length() > LONGEST || password.chars().anyMatch(Character::isISOControl)) {
      throw new UsageError(
          "a password is one line of at most "
              + LONGEST
              + " characters without control characters");
    }
    return password;
  }
}
