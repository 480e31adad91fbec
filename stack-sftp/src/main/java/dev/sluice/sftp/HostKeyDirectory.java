package dev.sluice.sftp;

import java.nio.file.Path;

/**
 * Where a server has its host keys: the files {@code ssh_host_TYPE_key}.
 *
 * @param path the directory
 * @param strictModes whether to refuse keys that other users can read, and a directory that other
 *     users can write to; see {@link dev.sluice.ssh.StrictModes}
 */
public record HostKeyDirectory(Path path, boolean strictModes) {}
