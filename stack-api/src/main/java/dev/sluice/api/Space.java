package dev.sluice.api;

/**
 * Space in a tree, with quotas taken into account.
 *
 * @param total octets in total
 * @param free octets that this user may still write
 */
public record Space(long total, long free) {}
