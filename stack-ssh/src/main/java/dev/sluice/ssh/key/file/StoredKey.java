package dev.sluice.ssh.key.file;

import dev.sluice.ssh.key.SshPrivateKey;

/**
 * What a key file holds.
 *
 * @param comment for people; empty if the format has none
 */
public record StoredKey(SshPrivateKey key, String comment) {}
