/** Ciphers, MACs, compressions and hashes as values (RFC 4253 section 6). */
@NullMarked
package dev.sluice.ssh.algorithm;

import org.jspecify.annotations.NullMarked;
