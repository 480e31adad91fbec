package dev.sluice.sftp;

import java.nio.file.Path;

/**
 * Where a server has its host keys: the files {@code ssh_host_TYPE_key}.
 *
 * @param path the directory
 * @param strictModes whether keys that others can read are refused, and a directory in which others
 *     can write; see {@link dev.sluice.ssh.StrictModes}
 */
public record HostKeyDirectory(Path path, boolean strictModes) {}
