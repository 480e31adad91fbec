package dev.sluice.ssh.algorithm;

/**
 * A MAC that can be negotiated. The values are in {@link Macs}.
 *
 * @param name as in KEXINIT
 * @param jcaName its name in the JDK
 * @param keyLength bytes of key {@code E} or {@code F}
 * @param tagLength bytes after each packet
 * @param encryptThenMac whether it runs over the ciphertext, with the length in clear
 */
public record MacAlgorithm(
    String name, String jcaName, int keyLength, int tagLength, boolean encryptThenMac) {

  @Override
  public String toString() {
    return name;
  }
}
