/** User authentication, both sides (RFC 4252, 4256, 8332). */
@NullMarked
package dev.sluice.ssh.auth;

import org.jspecify.annotations.NullMarked;
