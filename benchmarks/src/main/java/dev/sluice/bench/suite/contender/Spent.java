package dev.sluice.bench.suite.contender;

/**
 * What a client has needed.
 *
 * @param seconds from behind the login to the last reply
 * @param cpuSeconds of its processes, the login included
 */
public record Spent(double seconds, double cpuSeconds) {}
