package dev.sluice.api;

/**
 * What a session reports about its connection.
 *
 * @param protocol {@code ftp}, {@code ftps} or {@code sftp}
 * @param peer the peer's address, {@code host:port}
 * @param security how the connection is protected, for people: {@code none} or protocol and cipher
 * @param server the server's own description (greeting or identification string), escaped
 */
public record SessionInfo(String protocol, String peer, String security, String server) {}
