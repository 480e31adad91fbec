package dev.sluice.ssh;

/**
 * What a session reports about its connection.
 *
 * @param server the server's identification, safe to show
 * @param hostKey its key's type and fingerprint
 * @param algorithms what was negotiated, for people
 * @param banner what the server wanted the user to read, safe to show; empty = nothing
 */
public record SshConnectionInfo(String server, String hostKey, String algorithms, String banner) {}
