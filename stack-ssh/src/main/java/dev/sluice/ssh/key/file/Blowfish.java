package dev.sluice.ssh.key.file;

/**
 * Blowfish with the expensive key schedule of bcrypt (N. Provos and D. Mazieres, "A
 * Future-Adaptable Password Scheme", 1999).
 */
final class Blowfish {
  private static final int SUBKEYS = 18;
  private static final int BOX = 256;
  private static final int[] INITIAL = PiDigits.words(SUBKEYS + 4 * BOX);

  /** The subkeys, followed by the four boxes, which the schedule fills in this order. */
  private final int[] state = INITIAL.clone();

  private int left;
  private int right;

  /** Expands the key, mixed with a salt. */
  void expand(byte[] salt, byte[] key) {
    Words salts = new Words(salt);
    mixKey(key);
    left = 0;
    right = 0;
    for (int i = 0; i < state.length; i += 2) {
      left ^= salts.next();
      right ^= salts.next();
      encipher();
      state[i] = left;
      state[i + 1] = right;
    }
  }

  /** Expands the key alone. */
  void expand(byte[] key) {
    mixKey(key);
    left = 0;
    right = 0;
    for (int i = 0; i < state.length; i += 2) {
      encipher();
      state[i] = left;
      state[i + 1] = right;
    }
  }

  /** Encrypts pairs of words in place. */
  void encrypt(int[] words) {
    for (int i = 0; i < words.length; i += 2) {
      left = words[i];
      right = words[i + 1];
      encipher();
      words[i] = left;
      words[i + 1] = right;
    }
  }

  private void mixKey(byte[] key) {
    Words keys = new Words(key);
    for (int i = 0; i < SUBKEYS; i++) {
      state[i] ^= keys.next();
    }
  }

  private void encipher() {
    int l = left ^ state[0];
    int r = right;
    for (int i = 1; i <= 16; i += 2) {
      r ^= f(l) ^ state[i];
      l ^= f(r) ^ state[i + 1];
    }
    left = r ^ state[17];
    right = l;
  }

  private int f(int x) {
    int a = state[SUBKEYS + (x >>> 24)];
    int b = state[SUBKEYS + BOX + (x >>> 16 & 0xFF)];
    int c = state[SUBKEYS + 2 * BOX + (x >>> 8 & 0xFF)];
    int d = state[SUBKEYS + 3 * BOX + (x & 0xFF)];
    return (a + b ^ c) + d;
  }

  /** The octets as words, over and over. */
  private static final class Words {
    private final byte[] octets;
    private int at;

    Words(byte[] octets) {
      this.octets = octets;
    }

    int next() {
      int word = 0;
      for (int i = 0; i < 4; i++) {
        word = word << 8 | octets[at] & 0xFF;
        at = (at + 1) % octets.length;
      }
      return word;
    }
  }
}
