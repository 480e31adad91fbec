/** Key exchange methods as state machines, and the keys they yield (RFC 4253 sections 7 and 8). */
@NullMarked
package dev.sluice.ssh.kex;

import org.jspecify.annotations.NullMarked;
