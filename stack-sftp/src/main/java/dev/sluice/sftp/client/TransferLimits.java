package dev.sluice.sftp.client;

/**
 * What one transfer may ask of the server and of memory.
 *
 * @param readChunk octets that one READ asks for
 * @param writeChunk octets that one WRITE carries
 * @param initialWindow octets in flight at first
 * @param mostWindow octets in flight at most
 */
record TransferLimits(int readChunk, int writeChunk, long initialWindow, long mostWindow) {

  /** These, with no more than {@code octets} in flight, or one request. */
  TransferLimits within(long octets) {
    long most = Math.max(1, Math.min(mostWindow, octets));
    return new TransferLimits(readChunk, writeChunk, Math.min(initialWindow, most), most);
  }
}
