package dev.sluice.ssh.algorithm;

/**
 * A compression that can be negotiated. The values are in {@link Compressions}.
 *
 * @param name as in KEXINIT
 * @param isDelayed whether it begins after authentication
 * @param isIdentity whether it changes nothing
 */
public record CompressionAlgorithm(String name, boolean isDelayed, boolean isIdentity) {

  /** Begins a stream that runs across the packets one side sends. */
  public PayloadDeflater deflater() {
    return new PayloadDeflater();
  }

  /**
   * Begins a stream that runs across the packets one side receives.
   *
   * @param maxPayloadBytes a payload that inflates beyond this ends the connection
   */
  public PayloadInflater inflater(int maxPayloadBytes) {
    return new PayloadInflater(maxPayloadBytes);
  }

  @Override
  public String toString() {
    return name;
  }
}
