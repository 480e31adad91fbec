package dev.sluice.ftp.transfer;

/**
 * A place in a file that its sender named, to start again from there (RFC 959 section 3.5, RFC 1123
 * section 4.1.3.4).
 *
 * @param text understood only by the sender; printable ASCII without blanks
 * @param octetsBefore octets of the file before it
 */
public record RestartMarker(String text, long octetsBefore) {}
