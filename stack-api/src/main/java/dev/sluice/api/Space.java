package dev.sluice.api;

/**
 * Room in a tree, quota included.
 *
 * @param total octets in all
 * @param free octets that this user may still write
 */
public record Space(long total, long free) {}
