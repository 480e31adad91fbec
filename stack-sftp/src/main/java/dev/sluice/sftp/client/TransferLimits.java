package dev.sluice.sftp.client;

/**
 * What one transfer may ask of the server and of memory.
 *
 * @param readChunk octets that one READ asks for
 * @param writeChunk octets that one WRITE carries
 * @param initialWindow octets in flight at first
 * @param mostWindow octets in flight at most
 */
record TransferLimits(int readChunk, int writeChunk, long initialWindow, long mostWindow) {}
