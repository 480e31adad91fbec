/** Tests of messages. */
@NullMarked
package dev.sluice.ssh.message;

import org.jspecify.annotations.NullMarked;
