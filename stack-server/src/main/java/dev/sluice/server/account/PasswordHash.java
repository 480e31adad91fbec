package dev.sluice.server.account;

/**
 * What is kept of a password. Understands argon2id (PHC strings, RFC 9106), bcrypt ({@code $2a$},
 * {@code $2b$}, {@code $2y$}) and the MD5 and SHA-2 methods of crypt(3) ({@code $1$}, {@code
 * $apr1$}, {@code $5$}, {@code $6$}).
 *
 * <p>A hash decides how much memory and time each login costs, so a hash that asks for much is
 * refused when it is read: see {@link #parse}.
 */
public sealed interface PasswordHash permits Argon2idHash, BcryptHash, CryptHash {

  /**
   * Reads a hash.
   *
   * <p>Limits: argon2id 256 MiB, 16 passes, 16 lanes, and passes times memory 1 GiB; bcrypt cost 4
   * to 15; crypt(3) 1,000 to 1,000,000 rounds.
   *
   * @throws IllegalArgumentException for anything else; the message never contains the text, which
   *     may be a password that somebody forgot to hash
   */
  static PasswordHash parse(String text) {
    if (text.startsWith(Argon2idHash.PREFIX)) {
      return Argon2idHash.read(text);
    }
    if (text.startsWith("$2")) {
      return BcryptHash.read(text);
    }
    if (CryptHash.isCrypt(text)) {
      return CryptHash.read(text);
    }
    throw new IllegalArgumentException(
        "is no hash that is understood; write argon2id, bcrypt, or crypt(3) $5$ or $6$");
  }

  /**
   * Hashes a password with argon2id: 19 MiB, 2 passes, a random salt. Takes tens of milliseconds.
   */
  static PasswordHash of(String password) {
    return Argon2idHash.of(password);
  }

  /** Whether {@code password} is right. Computes for up to seconds: never call on event loops. */
  boolean matches(String password);

  /** The memory that {@link #matches} takes, in KiB. */
  int kibibytes();

  /** The hash as it is written in a document. Whoever has it can try passwords at their leisure. */
  String text();
}
