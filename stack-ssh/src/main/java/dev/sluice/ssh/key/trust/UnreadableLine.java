package dev.sluice.ssh.key.trust;

/**
 * A line that cannot be understood, and therefore neither grants nor denies anything.
 *
 * @param file which of the files, from 0
 * @param number of the line, from 1
 * @param why it cannot be understood
 */
public record UnreadableLine(int file, int number, String why) {}
