package dev.sluice.ssh.algorithm;

import java.util.function.BiFunction;

/**
 * A cipher that can be negotiated. The values are in {@link Ciphers}.
 *
 * @param name as in KEXINIT
 * @param keyLength bytes of key {@code C} or {@code D}
 * @param ivLength bytes of {@code A} or {@code B}
 * @param isAead whether it authenticates too, so that no MAC is negotiated
 * @param sealers make the sending side
 * @param openers make the receiving side
 */
public record CipherAlgorithm(
    String name,
    int keyLength,
    int ivLength,
    boolean isAead,
    BiFunction<MacAlgorithm, DirectionKeys, PacketSealer> sealers,
    BiFunction<MacAlgorithm, DirectionKeys, PacketOpener> openers) {

  /**
   * Begins to send with these keys, which it copies.
   *
   * @param mac what was negotiated; {@link Macs#NONE} with an AEAD cipher
   */
  public PacketSealer sealer(MacAlgorithm mac, DirectionKeys keys) {
    return sealers.apply(mac, keys);
  }

  /** Begins to receive, as {@link #sealer}. */
  public PacketOpener opener(MacAlgorithm mac, DirectionKeys keys) {
    return openers.apply(mac, keys);
  }

  @Override
  public String toString() {
    return name;
  }
}
