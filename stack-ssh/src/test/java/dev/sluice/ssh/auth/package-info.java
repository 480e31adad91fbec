/** Tests of logins. */
@NullMarked
package dev.sluice.ssh.auth;

import org.jspecify.annotations.NullMarked;
