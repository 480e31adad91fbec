package dev.sluice.bench.suite.contender;

/**
 * What a client needed.
 *
 * @param seconds from the end of the login to the last reply
 * @param cpuSeconds of its processes, the login included
 */
public record Spent(double seconds, double cpuSeconds) {}
